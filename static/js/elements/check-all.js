// A box that chooses every row of a list, and words that say how many are chosen.
class CheckAll extends HTMLElement {
  connectedCallback() {
    this.addEventListener("change", this);
    this.say();
  }

  handleEvent({ target }) {
    if (target.matches("[data-all]")) {
      for (const box of this.boxes()) box.checked = target.checked;
    }
    this.say();
  }

  boxes() {
    return [...this.querySelectorAll("tbody input[type=checkbox]")];
  }

  say() {
    const boxes = this.boxes();
    const chosen = boxes.filter((box) => box.checked).length;
    for (const all of this.querySelectorAll("[data-all]")) {
      all.checked = chosen > 0 && chosen === boxes.length;
      all.indeterminate = chosen > 0 && chosen < boxes.length;
    }
    for (const button of this.querySelectorAll("button[formaction]")) button.disabled = !chosen;
    const words = this.querySelector("[data-count]");
    if (words) words.textContent = chosen ? `${chosen} chosen` : "";
  }

  disconnectedCallback() {
    this.removeEventListener("change", this);
  }
}

customElements.define("check-all", CheckAll);

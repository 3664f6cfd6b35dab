// Comfortable or compact rows: at once, and remembered for the person.
class ListDensity extends HTMLElement {
  connectedCallback() {
    this.addEventListener("submit", (event) => this.choose(event));
  }

  async choose(event) {
    event.preventDefault();
    const { value } = event.submitter;
    for (const list of document.querySelectorAll("view-list")) list.dataset.density = value;
    for (const button of this.querySelectorAll("button")) {
      button.setAttribute("aria-pressed", String(button.value === value));
    }
    const body = new FormData(event.target, event.submitter);
    await fetch(event.target.action, { method: "POST", body, headers: { "HX-Request": "true" }, credentials: "same-origin" });
  }
}

customElements.define("list-density", ListDensity);

// The form of a rule: a placeholder chosen from the list goes where somebody was writing last.
class RuleBuilder extends HTMLElement {
  connectedCallback() {
    this.addEventListener("focusin", this);
    this.addEventListener("click", this);
  }

  handleEvent(event) {
    if (event.type === "focusin") {
      if (event.target.matches("[data-liquid]")) this.field = event.target.id;
      return;
    }
    const chosen = event.target.closest("[data-insert]");
    if (chosen) this.insert(chosen);
  }

  // The field is found by its id: the rows are drawn anew while somebody works on them.
  insert(chosen) {
    const field = document.getElementById(this.field) ?? this.querySelector("textarea[data-liquid]");
    const menu = chosen.closest("details");
    if (menu) menu.open = false;
    if (!field) return;
    field.focus();
    field.setRangeText(chosen.dataset.insert, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  disconnectedCallback() {
    this.removeEventListener("focusin", this);
    this.removeEventListener("click", this);
  }
}

customElements.define("rule-builder", RuleBuilder);

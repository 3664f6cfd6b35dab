// Choosing words of a message by selecting them: each selection becomes a field of the form.
class RedactText extends HTMLElement {
  connectedCallback() {
    this.text = this.querySelector("[data-text]");
    this.list = this.querySelector("[data-list]");
    this.querySelector("[data-add-selection]").addEventListener("click", () => this.addSelection());
    this.addEventListener("change", () => this.show());
    document.addEventListener("selectionchange", (this.selected = () => this.keepSelection()));
    this.show();
  }

  disconnectedCallback() {
    document.removeEventListener("selectionchange", this.selected);
  }

  // A click on the button may drop the selection before it is read.
  keepSelection() {
    const selection = getSelection();
    if (selection.rangeCount && this.text.contains(selection.anchorNode) && this.text.contains(selection.focusNode)) {
      this.words = selection.toString().trim();
    }
  }

  addSelection() {
    if (!this.words) {
      this.text.focus();
      return;
    }
    const last = this.list.querySelector("input:last-of-type");
    const field = document.createElement("input");
    field.className = "input";
    field.name = "text";
    field.value = this.words;
    field.setAttribute("aria-label", this.list.querySelector("label").textContent);
    last.before(field);
    this.words = "";
    getSelection().removeAllRanges();
    field.focus();
  }

  show() {
    const isWhole = this.querySelector('[name="what"][value="whole"]').checked;
    this.querySelector("[data-words]").hidden = isWhole;
  }
}

customElements.define("redact-text", RedactText);

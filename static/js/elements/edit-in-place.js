// A value that becomes its own editor: [data-edit] fetches the form from `data-url`, Escape or
// [data-cancel] puts the value back. The form is htmx's; when the answer has replaced the page's part,
// the focus returns to the value that was edited.
import { fetchFragment } from "../fragments.js";

let returnTo = "";

class EditInPlace extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => this.clicked(event));
    this.addEventListener("keydown", (event) => this.pressed(event));
    this.addEventListener("submit", () => (returnTo = this.id));
    // A refused value comes back in its editor, with the mistake.
    this.addEventListener("htmx:afterSettle", () => this.querySelector("[aria-invalid], [data-field]")?.focus());
    const value = this.querySelector("[data-edit]");
    if (value && this.id && returnTo === this.id) {
      returnTo = "";
      // After htmx has looked for the field that had the focus, and found it gone.
      setTimeout(() => value.focus({ preventScroll: true }), 30);
    }
  }

  clicked(event) {
    if (event.target.closest("[data-edit]")) this.edit();
    if (event.target.closest("[data-cancel]")) this.putBack();
  }

  pressed(event) {
    const form = event.target.closest("form");
    if (!form || event.isComposing) return;
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      this.putBack();
    } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.requestSubmit();
    }
  }

  async edit() {
    if (this.isBusy) return;
    this.isBusy = true;
    try {
      const editor = await fetchFragment(this.dataset.url);
      this.kept = [...this.childNodes];
      this.replaceChildren(editor);
      window.htmx.process(this);
      const field = this.querySelector("[data-field]");
      field.focus();
      if (field.matches("input, textarea") && field.type !== "date") field.select();
    } finally {
      this.isBusy = false;
    }
  }

  putBack() {
    if (!this.kept) return;
    this.replaceChildren(...this.kept);
    this.kept = null;
    this.querySelector("[data-edit]")?.focus();
  }
}

customElements.define("edit-in-place", EditInPlace);

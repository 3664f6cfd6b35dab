// Something that is shown and can be edited where it stands: [data-edit] opens the form, Escape or
// leaving it unchanged closes it. After a save the focus is on what data-focus names.
import { returnFocusTo } from "../return-focus.js";

class InPlace extends HTMLElement {
  connectedCallback() {
    this.shown = this.querySelector("[data-shown]");
    this.form = this.querySelector("[data-form]");
    if (!this.form) return;
    this.field = this.form.querySelector("input:not([type=hidden]), select, textarea");
    this.addEventListener("click", (event) => event.target.closest("[data-edit]") && this.open());
    this.form.addEventListener("keydown", (event) => event.key === "Escape" && this.close());
    this.addEventListener("focusout", (event) => this.left(event));
    this.addEventListener("htmx:beforeRequest", () => {
      if (this.contains(document.activeElement)) returnFocusTo(`#${this.dataset.focus}`);
    });
    if ("open" in this.dataset) this.open();
  }

  // What is being edited is not replaced by what comes from elsewhere.
  get isDirty() {
    return Boolean(this.form) && !this.form.hidden;
  }

  open() {
    this.form.hidden = false;
    this.shown.hidden = true;
    this.before ??= this.field.defaultValue;
    this.field.focus();
    this.field.select?.();
  }

  close({ hasFocus = true } = {}) {
    if (this.form.hidden) return;
    this.field.value = this.field.defaultValue;
    this.form.hidden = true;
    this.shown.hidden = false;
    if (hasFocus) this.querySelector("[data-edit]").focus();
  }

  left(event) {
    if (this.contains(event.relatedTarget) || !document.hasFocus()) return;
    if (this.field.value === this.field.defaultValue) this.close({ hasFocus: false });
  }
}

customElements.define("in-place", InPlace);

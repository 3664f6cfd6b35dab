// A value that becomes its own editor: [data-edit] fetches the form from `data-url`, Escape or
// [data-cancel] puts the value back. What is typed until the form is there goes into it. The form is
// htmx's; when the answer has replaced the page's part, the focus returns to the value that was edited.
import { fetchFragment } from "../fragments.js";
import { returnFocusTo } from "../return-focus.js";

class EditInPlace extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => this.clicked(event));
    this.addEventListener("keydown", (event) => this.pressed(event));
    this.addEventListener("submit", () => returnFocusTo(`#${this.id} [data-edit]`));
    // A refused value comes back in its editor, with the mistake.
    this.addEventListener("htmx:afterSettle", () => this.querySelector("[aria-invalid], [data-field]")?.focus());
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
    const typed = keysTyped();
    try {
      const editor = await fetchFragment(this.dataset.url);
      this.kept = [...this.childNodes];
      this.replaceChildren(editor);
      window.htmx.process(this);
      const field = this.querySelector("[data-field]");
      field.focus();
      if (field.matches("input, textarea") && field.type !== "date") field.select();
      const words = typed.end();
      if (words && field.matches("textarea, input:not([type=date])")) document.execCommand("insertText", false, words);
    } finally {
      typed.end();
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

// Collects letters instead of letting them act as the page's keys, until `end()`, which gives them.
function keysTyped() {
  let words = "";
  const keep = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.key.length !== 1) return;
    event.preventDefault();
    event.stopPropagation();
    words += event.key;
  };
  document.addEventListener("keydown", keep, { capture: true });
  return {
    end() {
      document.removeEventListener("keydown", keep, { capture: true });
      return words;
    },
  };
}

customElements.define("edit-in-place", EditInPlace);

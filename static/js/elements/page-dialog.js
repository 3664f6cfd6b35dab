// One dialog for whatever is asked on a page: [data-dialog] links open their address in it (the value
// of the attribute, else the href); without scripts they lead to a page. Answers with the event
// "dialog-done" close it; [data-close] closes it; the focus goes back to where it was.
import { fetchFragment, FragmentError } from "../fragments.js";

class PageDialog extends HTMLElement {
  connectedCallback() {
    this.dialog = document.createElement("dialog");
    this.dialog.className = "dialog page-dialog";
    this.dialog.id = "page-dialog";
    this.dialog.setAttribute("aria-labelledby", "page-dialog-title");
    this.append(this.dialog);
    this.clicked = (event) => this.opens(event);
    this.done = () => this.dialog.close();
    document.addEventListener("click", this.clicked);
    document.addEventListener("dialog-done", this.done);
    this.dialog.addEventListener("click", (event) => event.target.closest("[data-close]") && this.dialog.close());
    this.dialog.addEventListener("close", () => this.dialog.replaceChildren());
    this.dialog.addEventListener("input", (event) => {
      const name = event.target.dataset.chooses;
      const radio = name && event.target.closest("label")?.querySelector(`[type="radio"][value="${name}"]`);
      if (radio) radio.checked = true;
    });
    this.dialog.addEventListener("htmx:afterSwap", (event) => event.target === this.dialog && this.focusFirst());
  }

  disconnectedCallback() {
    document.removeEventListener("click", this.clicked);
    document.removeEventListener("dialog-done", this.done);
  }

  opens(event) {
    const link = event.target.closest("[data-dialog]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const menu = link.closest("details.menu");
    if (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
    this.show(link.dataset.dialog || link.href);
  }

  async show(url) {
    let content;
    try {
      content = await fetchFragment(url);
    } catch (error) {
      if (!(error instanceof FragmentError || error instanceof TypeError)) throw error;
      location.assign(url); // the page says what is the matter
      return;
    }
    this.dialog.replaceChildren(content);
    window.htmx.process(this.dialog);
    if (!this.dialog.open) this.dialog.showModal();
    this.focusFirst();
  }

  focusFirst() {
    this.dialog.querySelector("[autofocus]")?.focus();
  }
}

customElements.define("page-dialog", PageDialog);

// Ctrl+K: everything by name. What the page itself offers ([data-key], [data-command], links of the
// rail) stands there at once; views, tickets, people, macros and pages come from the server.
import { commandsOfPage, marksOf } from "../commands.js";
import { coalesced } from "../fragments.js";
import { Options } from "../options.js";

const MOST_OF_PAGE = 12;

class CommandPalette extends HTMLElement {
  connectedCallback() {
    this.dialog = this.querySelector("dialog");
    this.input = this.querySelector("input");
    this.list = this.querySelector("[role=listbox]");
    this.here = this.querySelector("[data-here]");
    this.found = this.querySelector("[data-found]");
    this.options = new Options(this.input, {
      list: this.list, first: true, chosen: (option, event) => this.run(option, event),
    });
    this.ask = coalesced(() => this.fetchFound(), 120);
    this.input.addEventListener("input", () => {
      this.showHere();
      this.ask();
    });
    this.onKey = (event) => {
      const isPalette = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
      if (!isPalette || event.defaultPrevented) return;
      event.preventDefault();
      if (this.dialog.open) this.dialog.close();
      else this.open();
    };
    document.addEventListener("keydown", this.onKey);
    this.dialog.addEventListener("click", (event) => {
      if (event.target === this.dialog) this.dialog.close(); // the backdrop
    });
    // The list is always there while the palette is: Escape belongs to the dialog, not to the list.
    this.dialog.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      event.stopImmediatePropagation();
      this.dialog.close();
    }, { capture: true });
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.onKey);
  }

  open() {
    this.input.value = "";
    this.found.replaceChildren();
    this.commands = commandsOfPage();
    this.showHere();
    this.dialog.showModal();
    this.input.focus();
    this.ask();
  }

  showHere() {
    const asked = this.input.value.toLowerCase().split(/\s+/).filter(Boolean);
    const fitting = this.commands.filter(({ words }) => asked.every((word) => words.toLowerCase().includes(word)));
    this.here.replaceChildren(...fitting.slice(0, MOST_OF_PAGE).map((command) => this.optionOf(command)));
    this.options.refresh();
    this.querySelector("[data-nothing]").hidden = this.options.isOpen;
  }

  optionOf(command) {
    const option = this.querySelector("template").content.firstElementChild.cloneNode(true);
    option.querySelector("[data-words]").textContent = command.words;
    option.querySelector("[data-keys]").append(...marksOf(command.key));
    option.element = command.element;
    return option;
  }

  async fetchFound() {
    if (!this.dialog.open) return;
    const typed = this.input.value;
    const query = new URLSearchParams({ q: typed, ticket: document.querySelector("ticket-page")?.dataset.ticket ?? "" });
    const response = await fetch(`${this.dataset.url}?${query}`, {
      headers: { "HX-Request": "true" }, credentials: "same-origin",
    });
    if (!response.ok || this.input.value !== typed) return;
    this.found.innerHTML = await response.text();
    this.options.refresh();
    this.querySelector("[data-nothing]").hidden = this.options.isOpen;
  }

  run(option, event) {
    this.dialog.close();
    if (option.element) {
      // After the dialog gave the focus back, so that what is pressed may take it.
      setTimeout(() => this.press(option.element), 0);
    } else if (option.dataset.macro) {
      document.dispatchEvent(new CustomEvent("apply-macro", { detail: option.dataset.macro }));
    } else if (event?.ctrlKey || event?.metaKey) {
      window.open(option.dataset.href, "_blank", "noopener");
    } else {
      location.assign(option.dataset.href);
    }
  }

  press(element) {
    if (element.matches("input, textarea, select, [contenteditable]")) element.focus();
    else element.click();
  }
}

customElements.define("command-palette", CommandPalette);

// The field of the search: completes keywords and their values at the end of what is typed.
// Enter without a choice searches.
import { coalesced } from "../fragments.js";
import { Options } from "../options.js";

const LAST_PIECE = /-?(?:[a-z_]+(?::|<=|>=|<|>))?(?:"[^"]*|\S*)$/i; // as in web/search/completion.py

class SearchBox extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input[name=q]");
    if (this.options) return;
    this.options = new Options(this.input, { chosen: (option) => this.choose(option) });
    this.ask = coalesced(() => this.complete(), 120);
    this.input.addEventListener("input", () => this.ask());
    this.input.addEventListener("blur", () => this.options.close());
  }

  async complete() {
    const typed = this.input.value;
    const isAtEnd = this.input.selectionStart === typed.length;
    if (!typed.trim() || !isAtEnd) return this.options.close();
    const response = await fetch(`${this.dataset.url}?${new URLSearchParams({ q: typed })}`, {
      headers: { "HX-Request": "true" }, credentials: "same-origin",
    });
    // What was typed meanwhile, or left, has its own answer.
    if (!response.ok || this.input.value !== typed || document.activeElement !== this.input) return;
    this.options.show(await response.text());
  }

  // The option stands for the last piece; quotes keep a piece with blanks together.
  choose(option) {
    const isDone = "done" in option.dataset;
    this.input.value = this.input.value.replace(LAST_PIECE, option.dataset.text) + (isDone ? " " : "");
    this.options.close();
    this.ask();
  }
}

customElements.define("search-box", SearchBox);

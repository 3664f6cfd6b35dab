// Puts a list of people under the field inside it. `data-url` answers
// <li role="option" data-id data-email data-name>, `data-kind` is customer, staff or any. Taking one
// writes the address (or what `data-value` names) into the field, with `data-words` in place of the word
// that is being written, fires `input` on it and
// "person-chosen" {id, email, name} on the element.
import { Options } from "../options.js";

const ASK_AFTER = 120;

class PeopleSuggest extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input");
    if (!this.input || this.options) return;
    this.options = new Options(this.input, {
      chosen: (option) => this.choose(option), label: this.dataset.label,
    });
    this.input.addEventListener("input", (event) => event.detail !== "chosen" && this.later());
    this.input.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown" && !this.options.isOpen && !event.isComposing) this.ask();
    });
    this.input.addEventListener("blur", () => this.close());
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), ASK_AFTER);
  }

  async ask() {
    const { typed } = this;
    if (!typed) return this.close();
    const query = new URLSearchParams({ q: typed, kind: this.dataset.kind ?? "any" });
    let response;
    try {
      response = await fetch(`${this.dataset.url}?${query}`, {
        headers: { "HX-Request": "true" }, credentials: "same-origin",
      });
    } catch {
      return this.close();
    }
    // What was typed meanwhile, or left, has its own answer.
    if (!response.ok || this.typed !== typed || document.activeElement !== this.input) return;
    this.options.show(await response.text());
  }

  get typed() {
    const { value, selectionStart } = this.input;
    return "words" in this.dataset ? value.slice(0, selectionStart).split(/[\s,]/).at(-1) : value.trim();
  }

  close() {
    clearTimeout(this.timer);
    this.options.close();
  }

  choose(option) {
    const { id, email, name } = option.dataset;
    const value = option.dataset[this.dataset.value ?? "email"] || name;
    if ("words" in this.dataset) this.putWord(value);
    else this.input.value = value;
    this.close();
    this.input.dispatchEvent(new CustomEvent("input", { bubbles: true, detail: "chosen" }));
    this.dispatchEvent(new CustomEvent("person-chosen", { bubbles: true, detail: { id, email, name } }));
  }

  putWord(word) {
    const { input } = this;
    const end = input.selectionStart;
    input.setRangeText(`${word} `, end - this.typed.length, end, "end");
  }
}

customElements.define("people-suggest", PeopleSuggest);

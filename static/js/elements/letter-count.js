// Letters left under a text that a network limits: [data-limit] and [data-counts]; [data-count] shows it.
import { counts } from "../lengths.js";

class LetterCount extends HTMLElement {
  connectedCallback() {
    this.limit = Number(this.dataset.limit);
    this.count = counts[this.dataset.counts] ?? counts.graphemes;
    this.addEventListener("input", this);
    this.handleEvent();
  }

  handleEvent() {
    const output = this.querySelector("[data-count]");
    if (!this.limit || !output) return;
    const left = this.limit - this.count(this.querySelector("textarea").value);
    output.textContent = String(left);
    output.classList.toggle("bad", left < 0);
  }

  disconnectedCallback() {
    this.removeEventListener("input", this);
  }
}

customElements.define("letter-count", LetterCount);

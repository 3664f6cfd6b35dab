// Search as you type: what fits appears below the field, arrows choose, Enter opens. When nothing fits and the
// person has paused, the server is told so, that somebody may write it.
import { fetchFragment } from "../fragments.js";

const WAIT = 160;
const SETTLED = 1400;

class HelpSearch extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input");
    this.found = this.querySelector(".help-found");
    this.status = this.querySelector("[data-help-status]");
    this.input.addEventListener("input", () => this.typed());
    this.input.addEventListener("keydown", (event) => this.pressed(event));
    this.input.addEventListener("focus", () => this.found.childElementCount && this.input.value.trim() && this.open());
    this.addEventListener("focusout", (event) => !this.contains(event.relatedTarget) && this.close());
  }

  typed() {
    clearTimeout(this.timer);
    clearTimeout(this.settling);
    const query = this.input.value.trim();
    this.asked = query;
    if (query.length < 2) return this.close();
    this.timer = setTimeout(() => this.ask(query), WAIT);
  }

  async ask(query, isSettled = false) {
    try {
      const fragment = await fetchFragment(`${this.dataset.url}?q=${encodeURIComponent(query)}${isSettled ? "&settled=1" : ""}`);
      if (this.asked !== query || isSettled) return;
      this.found.replaceChildren(fragment);
    } catch {
      return; // the form still works
    }
    const count = this.options.length - 1;
    this.status.textContent = count ? `${this.status.dataset.some} ${count}` : this.status.dataset.none;
    if (this.contains(document.activeElement)) this.open();
    if (!count) this.settling = setTimeout(() => this.ask(query, true), SETTLED);
  }

  get options() {
    return [...this.found.querySelectorAll("[role=option]")];
  }

  open() {
    this.found.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
  }

  close() {
    this.found.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.choose(null);
  }

  choose(option) {
    for (const each of this.options) each.setAttribute("aria-selected", String(each === option));
    this.chosen = option;
    if (option) this.input.setAttribute("aria-activedescendant", option.id);
    else this.input.removeAttribute("aria-activedescendant");
    option?.scrollIntoView({ block: "nearest" });
  }

  pressed(event) {
    if (event.isComposing || this.found.hidden) return;
    const options = this.options;
    const at = options.indexOf(this.chosen);
    if (event.key === "Escape") {
      event.preventDefault();
      this.close();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const next = event.key === "ArrowDown" ? at + 1 : at < 0 ? options.length - 1 : at - 1;
      this.choose(options[(next + options.length) % options.length]);
    } else if (event.key === "Enter" && this.chosen) {
      event.preventDefault();
      location.assign(this.chosen.href);
    }
  }
}

customElements.define("help-search", HelpSearch);

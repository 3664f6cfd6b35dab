// Home stays true while it is open: fetched anew when the reader is told something, and once a minute.
import { coalesced, fetchFragment } from "../fragments.js";
import { watch } from "../live.js";

const PAUSE = 3000;
const EVERY = 60_000;

class HomePage extends HTMLElement {
  connectedCallback() {
    const refresh = coalesced(() => this.refresh(), PAUSE);
    this.stop = watch(`user.${this.dataset.user}`, () => refresh());
    this.timer = setInterval(() => document.hidden || refresh(), EVERY);
    document.addEventListener("visibilitychange", () => document.hidden || refresh());
  }

  // Nothing moves under the reader's finger or focus.
  async refresh() {
    if (this.matches(":focus-within") || this.querySelector("details[open]")) return;
    const news = await fetchFragment(this.dataset.parts);
    if (!this.matches(":focus-within")) this.replaceChildren(news);
  }

  disconnectedCallback() {
    this.stop?.();
    clearInterval(this.timer);
  }
}

customElements.define("home-page", HomePage);

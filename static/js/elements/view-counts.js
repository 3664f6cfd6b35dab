// The numbers beside the views: asked for at most once a second, however much happens.
import { coalesced } from "../fragments.js";
import { watch } from "../live.js";

const PAUSE = 2000;
const JITTER = 400;

class ViewCounts extends HTMLElement {
  connectedCallback() {
    const refresh = coalesced(() => this.refresh(), PAUSE);
    const name = document.querySelector("view-list")?.dataset.view;
    if (name) this.stop = watch(`view.${name}`, (message) => !message.present && refresh(JITTER));
  }

  async refresh() {
    if (document.hidden) {
      document.addEventListener("visibilitychange", () => this.refresh(), { once: true });
      return;
    }
    const response = await fetch(this.dataset.url, { credentials: "same-origin" });
    if (!response.ok || response.redirected) return;
    for (const [view, count] of Object.entries(await response.json())) {
      for (const element of document.querySelectorAll(`[data-count="${view}"]`)) {
        if (element.textContent !== String(count)) element.textContent = count;
      }
    }
  }

  disconnectedCallback() {
    this.stop?.();
  }
}

customElements.define("view-counts", ViewCounts);

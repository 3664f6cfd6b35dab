// The numbers beside the views: asked for at most once a second, however much happens.
import { coalesced } from "../fragments.js";
import { watch } from "../live.js";

const PAUSE = 1000;
const JITTER = 400;

class ViewCounts extends HTMLElement {
  connectedCallback() {
    const refresh = coalesced(() => this.refresh(), PAUSE);
    const name = document.querySelector("view-list")?.dataset.view;
    if (name) this.stop = watch(`view.${name}`, () => refresh(JITTER));
  }

  async refresh() {
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

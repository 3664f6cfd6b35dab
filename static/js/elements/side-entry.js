// The way to the side conversations from the composer's head: opens the tab with a new one, or with the
// list while something in it is unread, and shows how much that is.
import { coalesced } from "../fragments.js";
import { watch } from "../live.js";

class SideEntry extends HTMLElement {
  connectedCallback() {
    this.button = this.querySelector("button");
    this.badge = this.querySelector(".side-count");
    this.count = coalesced(() => this.fetchCount(), 500);
    this.stop = watch(`ticket.${this.dataset.ticket}`, (message) => "presence" in message || this.count());
    this.button.addEventListener("click", () => this.open());
    this.read = (event) => event.target.closest?.("side-panel") && this.count();
    document.addEventListener("htmx:afterRequest", this.read);
    this.takenBack = ({ detail }) => this.open(detail); // the form whose draft has the text now
    document.addEventListener("side-taken-back", this.takenBack);
    this.count();
  }

  disconnectedCallback() {
    this.stop?.();
    document.removeEventListener("htmx:afterRequest", this.read);
    document.removeEventListener("side-taken-back", this.takenBack);
  }

  async fetchCount() {
    const response = await fetch(this.dataset.url, { credentials: "same-origin" });
    if (!response.ok) return;
    const { all, unread } = await response.json();
    this.badge.hidden = !unread;
    this.badge.textContent = unread ? `${unread} ${this.badge.dataset.unreadWords}` : "";
    this.unread = unread;
    const tab = document.querySelector('[data-tab-count="side"]');
    if (tab) tab.textContent = all || "";
    tab?.parentElement.toggleAttribute("data-unread", unread > 0);
  }

  async open(url = "") {
    document.dispatchEvent(new CustomEvent("show-tab", { detail: "side" }));
    const page = document.querySelector("ticket-page");
    const column = document.querySelector(".ctx");
    if (column && column.offsetParent === null) page.showPane("customer");
    const panel = await this.panel();
    if (!panel || (this.unread && !url)) return;
    document.activeElement?.blur();
    window.htmx.ajax("GET", url || this.button.dataset.openSide, { target: panel, swap: "outerHTML" });
  }

  // The tab's body is fetched when it is first shown.
  async panel() {
    for (let tries = 0; tries < 40; tries += 1) {
      const panel = document.querySelector("side-panel");
      if (panel) return panel;
      await new Promise((done) => setTimeout(done, 50));
    }
    return null;
  }
}

customElements.define("side-entry", SideEntry);

// The ticket table: rows change in place and keep their order; what is new waits behind one quiet line.
import { coalesced, fetchFragment } from "../fragments.js";
import { watch } from "../live.js";

const PAUSE = 300;
const JITTER = 80;
const MOST_ASKED = 200;

class ViewList extends HTMLElement {
  connectedCallback() {
    this.asked = new Set();
    this.fresh = new Set();
    this.refresh = coalesced(() => this.fetchRows(), PAUSE);
    this.stop = watch(`view.${this.dataset.view}`, (message) => this.heard(message));
    this.rememberedRow()?.classList.add("at");
    this.addEventListener("click", (event) => {
      const row = event.target.closest("[data-row]");
      if (row) sessionStorage.setItem(this.memory, row.dataset.row);
    });
  }

  disconnectedCallback() {
    this.stop?.();
  }

  get memory() {
    return `row-of-view-${this.dataset.view}`;
  }

  rememberedRow() {
    const number = sessionStorage.getItem(this.memory);
    return number && this.row(number);
  }

  row(number) {
    return this.querySelector(`[data-row="${Number(number)}"]`);
  }

  heard(message) {
    for (const ticket of message.tickets ?? []) this.asked.add(ticket.id);
    // After a lost connection, or when not everything could be told: ask about every row shown.
    if (message.resumed || message.others) {
      for (const row of this.querySelectorAll("[data-row]")) this.asked.add(Number(row.dataset.row));
    }
    if (this.asked.size) this.refresh(JITTER);
  }

  async fetchRows() {
    const ids = [...this.asked].slice(-MOST_ASKED);
    this.asked.clear();
    const fragment = await fetchFragment(`${this.dataset.changes}?ids=${ids.join(",")}`);
    for (const id of ids) {
      const now = fragment.querySelector(`[data-row="${id}"]`);
      const shown = this.row(id);
      if (shown && now) this.replace(shown, now);
      else if (shown) shown.classList.add("gone");
      else if (now) this.fresh.add(id);
      else this.fresh.delete(id);
    }
    this.showFresh();
  }

  replace(shown, now) {
    if (shown.dataset.version === now.dataset.version && !shown.classList.contains("gone")) return;
    const hadFocus = shown.contains(document.activeElement);
    const wasAt = shown.classList.contains("at");
    now.classList.add("changed");
    now.classList.toggle("at", wasAt);
    shown.replaceWith(now);
    if (hadFocus) now.querySelector("[data-open]").focus({ preventScroll: true });
  }

  showFresh() {
    const bar = this.querySelector("[data-fresh]");
    const n = "isFirst" in this.dataset ? this.fresh.size : 0;
    bar.hidden = n === 0;
    if (!n) return;
    const words = n === 1 ? "1 new ticket in this view" : `${n} new tickets in this view`;
    bar.textContent = `${words} · show`;
    this.querySelector("[data-announce]").textContent = words;
  }
}

customElements.define("view-list", ViewList);

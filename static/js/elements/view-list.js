// The ticket table: rows change in place and keep their order; what is new waits behind one quiet line.
// Others (choosing, previews, who is there) listen for "rows-changed" on it.
import { coalesced, fetchFragment } from "../fragments.js";
import { onState, send, watch } from "../live.js";
import { say } from "../words.js";

const PAUSE = 300;
const JITTER = 80;
const MOST_ASKED = 200;
const KEPT = 30 * 60_000; // how long a place in a list is worth coming back to

class ViewList extends HTMLElement {
  connectedCallback() {
    this.asked = new Set();
    this.fresh = new Set();
    this.refresh = coalesced(() => this.fetchRows(), PAUSE);
    this.stop = watch(`view.${this.dataset.view}`, (message) => this.heard(message));
    this.tellRows = coalesced(async () => send({ rows: this.numbers() }), 1000);
    onState((state) => state === "open" && this.isConnected && this.tellRows());
    this.tellRows();
    this.remember = () => this.keepPlace();
    addEventListener("pagehide", this.remember);
    this.addEventListener("click", (event) => this.keepPlace(event.target.closest("[data-row]")));
    this.comeBack();
  }

  disconnectedCallback() {
    this.stop?.();
    removeEventListener("pagehide", this.remember);
  }

  // Where one was: the row and how far the list was scrolled, for this address of the list.

  get memory() {
    return `place-of-view-${this.dataset.view}`;
  }

  keepPlace(row = this.querySelector("tr.at")) {
    if (!row) row = this.querySelector(`tr[data-row]:focus-within`);
    const top = this.querySelector(".scroll")?.scrollTop ?? 0;
    const place = { row: row?.dataset.row, top, search: location.search, at: Date.now() };
    sessionStorage.setItem(this.memory, JSON.stringify(place));
  }

  comeBack() {
    const place = JSON.parse(sessionStorage.getItem(this.memory) ?? "null");
    if (!place || place.search !== location.search || Date.now() - place.at > KEPT) return;
    const scroll = this.querySelector(".scroll");
    if (scroll) scroll.scrollTop = place.top;
    const row = place.row && this.row(place.row);
    if (!row) return;
    row.classList.add("at");
    row.scrollIntoView({ block: "nearest" });
  }

  row(number) {
    return this.querySelector(`[data-row="${Number(number)}"]`);
  }

  rows() {
    return [...this.querySelectorAll("tr[data-row]")];
  }

  numbers() {
    return this.rows().map((row) => Number(row.dataset.row));
  }

  heard(message) {
    if (message.present) return;
    for (const ticket of message.tickets ?? []) this.asked.add(ticket.id);
    // After a lost connection, or when not everything could be told: ask about every row shown.
    if (message.resumed || message.others) for (const number of this.numbers()) this.asked.add(number);
    if (this.asked.size) this.refresh(JITTER);
  }

  async fetchRows() {
    const ids = [...this.asked].slice(-MOST_ASKED);
    this.asked.clear();
    const url = new URL(this.dataset.changes, location.href);
    url.searchParams.set("ids", ids.join(","));
    const fragment = await fetchFragment(url);
    for (const id of ids) {
      const now = fragment.querySelector(`[data-row="${id}"]`);
      const shown = this.row(id);
      if (shown && now) this.replace(shown, now);
      else if (shown) shown.classList.add("gone");
      else if (now) this.fresh.add(id);
      else this.fresh.delete(id);
    }
    this.showFresh();
    this.dispatchEvent(new Event("rows-changed"));
  }

  replace(shown, now) {
    if (shown.dataset.version === now.dataset.version && !shown.classList.contains("gone")) return;
    const focus = shown.contains(document.activeElement) && document.activeElement.matches("[data-pick]") ? "[data-pick]" : "[data-open]";
    const hadFocus = shown.contains(document.activeElement);
    const wasAt = shown.classList.contains("at");
    now.classList.add("changed");
    now.classList.toggle("at", wasAt);
    shown.replaceWith(now);
    if (hadFocus) now.querySelector(focus).focus({ preventScroll: true });
  }

  showFresh() {
    const bar = this.querySelector("[data-fresh]");
    const n = "isFirst" in this.dataset ? this.fresh.size : 0;
    bar.hidden = n === 0;
    if (!n) return;
    const words = say(n === 1 ? "new-ticket" : "new-tickets", { n });
    bar.textContent = `${words} · show`;
    this.querySelector("[data-announce]").textContent = words;
  }
}

customElements.define("view-list", ViewList);

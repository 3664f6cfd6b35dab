// The open ticket: hears that something changed, fetches it, and puts in only what is new or different,
// so that folds stay open, the place in the text stays, and nothing that is being edited is touched.
import { coalesced, fetchFragment } from "../fragments.js";
import { watch } from "../live.js";

const PAUSE = 150;
const ANYWAY = ["delivery", "released"]; // what changes without a new version of the ticket

class TicketPage extends HTMLElement {
  connectedCallback() {
    this.refresh = coalesced(() => this.fetchParts(), PAUSE);
    this.showViewers = coalesced(() => this.fetchViewers(), 500);
    this.name = `ticket.${this.dataset.ticket}`;
    this.stop = watch(this.name, (message) => this.heard(message));
    this.saved = () => this.refresh();
    document.body.addEventListener("ticket-saved", this.saved);
    this.addEventListener("click", (event) => {
      const button = event.target.closest("button[data-pane]");
      if (button) this.showPane(button.dataset.pane);
    });
  }

  disconnectedCallback() {
    this.stop?.();
    document.body.removeEventListener("ticket-saved", this.saved);
  }

  heard(message) {
    if ("presence" in message) this.showViewers();
    else if (message.resumed) {
      this.refresh();
      this.showViewers();
    } else if (message.kinds?.some((kind) => ANYWAY.includes(kind)) || !(message.version <= this.version)) {
      this.refresh();
    }
  }

  get version() {
    return Number(this.querySelector(".props").dataset.version);
  }

  async fetchParts() {
    const parts = await fetchFragment(this.dataset.parts);
    this.putEntries(parts.querySelector("[data-entries]"));
    this.putProperties(parts.querySelector(".props"));
    for (const part of ["recipients", "submit"]) this.putPart(parts, part);
  }

  putEntries(incoming) {
    const list = this.querySelector("[data-entries]");
    let previous = null;
    const arrived = [];
    for (const entry of [...incoming.children]) {
      const shown = document.getElementById(entry.id);
      if (shown && shown.dataset.revision === entry.dataset.revision) {
        previous = shown;
        continue;
      }
      shown?.remove(); // a scheduled reply moves to where it was sent
      if (previous) previous.after(entry);
      else list.prepend(entry);
      if (!shown && entry.matches(".msg")) arrived.push(entry);
      window.htmx.process(entry);
      previous = entry;
    }
    for (const entry of arrived) entry.classList.add("arrived");
    const author = arrived.at(-1)?.dataset.author;
    if (author) this.querySelector("[data-announce]").textContent = `New message from ${author}`;
  }

  putProperties(incoming) {
    const shown = this.querySelector(".props");
    // Somebody is choosing there: leave it. A save with the old version is checked by the server.
    if (!incoming || shown.contains(document.activeElement)) return;
    if (shown.dataset.version === incoming.dataset.version) return;
    const top = shown.scrollTop;
    shown.replaceWith(incoming);
    incoming.scrollTop = top;
    window.htmx.process(incoming);
  }

  putPart(parts, part) {
    const id = `ticket-${this.dataset.ticket}-${part}`;
    const now = parts.getElementById(id);
    const shown = document.getElementById(id);
    if (!now || !shown || now.textContent === shown.textContent) return;
    if (shown.isDirty || shown.contains(document.activeElement)) return;
    shown.replaceWith(now);
    window.htmx.process(now);
  }

  async fetchViewers() {
    const viewers = await fetchFragment(this.dataset.viewers);
    const place = document.getElementById(`ticket-${this.dataset.ticket}-viewers`);
    place.replaceChildren(viewers);
    // Typing fades without a message; look again when it would have.
    clearTimeout(this.fading);
    if (place.textContent.includes("typing")) this.fading = setTimeout(() => this.showViewers(), 6500);
  }

  showPane(name) {
    const isWide = window.matchMedia("(min-width: 761px)").matches;
    const next = isWide && this.dataset.pane === name ? "conversation" : name;
    this.dataset.pane = next;
    for (const button of this.querySelectorAll("button[data-pane]")) {
      button.setAttribute("aria-pressed", String(button.dataset.pane === next));
    }
  }
}

customElements.define("ticket-page", TicketPage);

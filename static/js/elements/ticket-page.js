// The open ticket: hears that something changed, fetches it, and puts in only what is new or different,
// so that folds stay open, the place in the text stays, and nothing that is being edited is touched.
import { coalesced, fetchFragment } from "../fragments.js";
import { takeOver, unsavedIn } from "../late-answers.js";
import { watch } from "../live.js";

const PAUSE = 150;
const ANYWAY = ["delivery", "released"]; // what changes without a new version of the ticket
const PLAIN = ["comment", "updated"]; // what adds to the conversation and says which earlier messages it changed

class TicketPage extends HTMLElement {
  connectedCallback() {
    this.refresh = coalesced(() => this.fetchParts(), PAUSE);
    this.showViewers = coalesced(() => this.fetchViewers(), 500);
    this.name = `ticket.${this.dataset.ticket}`;
    this.stop = watch(this.name, (message) => this.heard(message));
    this.saved = ({ target, detail }) => this.refreshFor(target.matches("form.composer") || detail?.isAddition);
    document.body.addEventListener("ticket-saved", this.saved);
    this.addEventListener("htmx:afterRequest", ({ detail }) => {
      if (detail.successful && detail.elt.matches("form.composer")) this.querySelector("conversation-stream").showEnd();
    });
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
    if ("visitor" in message) return; // the chat's bar shows it
    if ("presence" in message) this.showViewers();
    else if (message.resumed) {
      this.refreshFor(false);
      this.showViewers();
    } else if (message.kinds?.some((kind) => ANYWAY.includes(kind)) || !(message.version <= this.version)) {
      this.refreshFor(message.kinds?.every((kind) => PLAIN.includes(kind)));
    }
  }

  // `isAddition`: nothing but the end can be different from what the page shows.
  refreshFor(isAddition) {
    this.isWhole ||= !isAddition;
    this.refresh();
  }

  get version() {
    return Number(this.querySelector(".props").dataset.version);
  }

  async fetchParts() {
    const conversation = this.querySelector("conversation-stream");
    const since = this.isWhole ? "" : conversation.end;
    this.isWhole = false;
    const query = new URLSearchParams({ version: this.version, only: conversation.only, since });
    const parts = await fetchFragment(`${this.dataset.parts}?${query}`).catch((error) => {
      this.isWhole = true; // the next one brings all of it
      throw error;
    });
    conversation.put(parts.querySelector("[data-entries]"), [...(parts.querySelector("[data-changed]")?.children ?? [])]);
    const properties = parts.querySelector(".props");
    if (properties) {
      this.putProperties(properties);
      for (const part of ["subject", "recipients", "submit"]) this.putPart(parts, part);
    } else this.putTimers(parts.querySelector("[data-version]"));
  }

  // People only talked: the properties are those of the version that is shown, but for the clocks.
  putTimers(incoming) {
    const shown = this.querySelector(".props");
    shown.dataset.version = incoming.dataset.version;
    const timers = shown.querySelector(".timers");
    if (timers?.contains(document.activeElement)) return;
    timers?.remove();
    shown.querySelector(".props-head").after(...incoming.children);
  }

  putProperties(incoming) {
    const shown = this.querySelector(".props");
    // Somebody is choosing there: leave it. A save with the old version is checked by the server.
    if (!incoming || shown.contains(document.activeElement)) return;
    if (shown.dataset.version === incoming.dataset.version) return;
    const top = shown.scrollTop;
    const unsaved = unsavedIn(shown);
    shown.replaceWith(incoming);
    incoming.scrollTop = top;
    window.htmx.process(incoming);
    takeOver(unsaved);
  }

  putPart(parts, part) {
    const id = `ticket-${this.dataset.ticket}-${part}`;
    const now = parts.getElementById(id);
    const shown = document.getElementById(id);
    const state = (element) => element.dataset.state ?? element.textContent;
    if (!now || !shown || state(now) === state(shown)) return;
    if (shown.isDirty || shown.contains(document.activeElement)) return;
    shown.replaceWith(now);
    window.htmx.process(now);
    document.dispatchEvent(new Event("part-replaced"));
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

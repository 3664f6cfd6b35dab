// A ticket's side conversations, in its right column: list, one thread, or a form. Hears of changes as
// the ticket page does, and leaves alone what somebody is writing.
import { coalesced, fetchFragment } from "../fragments.js";
import { watch } from "../live.js";

class SidePanel extends HTMLElement {
  connectedCallback() {
    this.refresh = coalesced(() => this.fetch(), 300);
    this.stop = watch(`ticket.${this.dataset.ticket}`, (message) => "presence" in message || this.refresh());
    this.form = this.querySelector(".side-form");
    this.composer = this.querySelector("side-composer");
    this.addEventListener("click", (event) => this.clicked(event));
    this.addEventListener("change", (event) => {
      if (event.target.dataset.onReply !== undefined) this.querySelector("[data-on-reply-form]").requestSubmit();
    });
    this.addEventListener("htmx:beforeSwap", ({ detail }) => {
      if ([409, 422].includes(detail.xhr.status)) Object.assign(detail, { shouldSwap: true, isError: false });
    });
    this.settle();
  }

  disconnectedCallback() {
    this.stop?.();
  }

  // The newest message, or the first field of a form; the focus only where it was lost to a swap.
  settle() {
    const last = this.querySelector(".side-msg:last-of-type");
    last?.scrollIntoView({ block: "nearest" });
    if (document.activeElement !== document.body) return;
    const isNew = this.dataset.view.startsWith("new_");
    const field = isNew ? this.querySelector("#side-to, #side-subject") : this.querySelector("h2[tabindex], [data-new-side]");
    field?.focus({ preventScroll: true });
  }

  get isBusy() {
    const isTyping = this.form?.contains(document.activeElement);
    return this.dataset.view.startsWith("new_") || isTyping || Boolean(this.composer && !this.composer.isEmpty);
  }

  async fetch() {
    const fresh = (await fetchFragment(this.dataset.here)).querySelector("side-panel");
    if (!fresh || !this.isConnected) return;
    if (!this.isBusy) {
      if (fresh.textContent === this.textContent) return;
      this.replaceWith(fresh);
      window.htmx.process(fresh);
      return;
    }
    const [now, shown] = [fresh, this].map((each) => each.querySelector(".side-msgs"));
    if (!now || !shown || now.textContent === shown.textContent) return;
    shown.replaceWith(now);
    window.htmx.process(now);
  }

  clicked(event) {
    const button = event.target.closest("button");
    if (button?.dataset.addPerson) {
      this.querySelector("side-people").add(button.dataset.addPerson);
      button.remove();
    }
  }
}

customElements.define("side-panel", SidePanel);

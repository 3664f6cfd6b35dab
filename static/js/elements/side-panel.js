// A ticket's side conversations, in its right column: list, one thread, or a form. Hears of changes as
// the ticket page does, and leaves alone what somebody is writing; keeps the text while it is written.
import { coalesced, fetchFragment } from "../fragments.js";
import { watch } from "../live.js";

class SidePanel extends HTMLElement {
  connectedCallback() {
    this.refresh = coalesced(() => this.fetch(), 300);
    this.stop = watch(`ticket.${this.dataset.ticket}`, (message) => "presence" in message || this.refresh());
    this.form = this.querySelector(".side-form");
    this.key = `side:${document.body.dataset.user}:${this.dataset.ticket}:${this.dataset.view}`;
    this.addEventListener("input", () => this.keep());
    this.addEventListener("keydown", (event) => this.pressed(event));
    this.addEventListener("click", (event) => this.clicked(event));
    this.addEventListener("change", (event) => {
      if (event.target.dataset.onReply !== undefined) this.querySelector("[data-on-reply-form]").requestSubmit();
    });
    this.addEventListener("htmx:beforeSwap", ({ detail }) => {
      if ([409, 422].includes(detail.xhr.status)) Object.assign(detail, { shouldSwap: true, isError: false });
    });
    this.addEventListener("htmx:afterRequest", ({ detail }) => {
      if (detail.elt === this.form && detail.xhr.status < 300) sessionStorage.removeItem(this.key);
    });
    this.restore();
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
    return this.dataset.view.startsWith("new_") || isTyping || Boolean(this.form?.elements.body?.value);
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

  pressed(event) {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
    if (!this.form?.contains(event.target)) return;
    event.preventDefault();
    this.form.querySelector("[data-side-send]").click();
  }

  clicked(event) {
    const button = event.target.closest("button");
    if (button?.dataset.quote) this.quote(button.dataset.quote);
    if (button?.dataset.addPerson) {
      this.querySelector("side-people").add(button.dataset.addPerson);
      button.remove();
    }
  }

  quote(text) {
    const area = this.form.elements.body;
    area.focus();
    area.setSelectionRange(area.value.length, area.value.length);
    document.execCommand("insertText", false, `${area.value ? "\n\n" : ""}${text}\n\n`);
  }

  keep() {
    const { subject, body } = this.form?.elements ?? {};
    if (body) sessionStorage.setItem(this.key, JSON.stringify({ subject: subject?.value, body: body.value }));
  }

  restore() {
    const kept = JSON.parse(sessionStorage.getItem(this.key) ?? "null");
    const { subject, body } = this.form?.elements ?? {};
    if (!kept || !body || body.value) return;
    body.value = kept.body ?? "";
    if (subject && kept.subject && kept.body) subject.value = kept.subject;
  }
}

customElements.define("side-panel", SidePanel);

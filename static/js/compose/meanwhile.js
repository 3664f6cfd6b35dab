// What others write on the ticket while somebody is writing here: shown above the text as it comes, and
// asked about before the reply goes. What comes while nothing is written is simply read.
import { fetchFragment } from "../fragments.js";
import { watch } from "../live.js";

export class Meanwhile {
  constructor(composer) {
    this.composer = composer;
    this.field = composer.form.elements.seen;
    this.stop = watch(`ticket.${composer.dataset.ticket}`, (message) => this.heard(message));
    composer.form.addEventListener("click", (event) => this.clicked(event));
  }

  get place() {
    return this.composer.querySelector(".composer-notice");
  }

  get shown() {
    return this.place.querySelector("[data-meanwhile]");
  }

  heard(message) {
    if (!("presence" in message)) this.look();
  }

  wrote() {
    this.isWriting = !this.composer.isEmpty;
  }

  async look() {
    if (this.isLooking) {
      this.isWanted = true;
      return;
    }
    this.isLooking = true;
    try {
      const fragment = await fetchFragment(`${this.composer.dataset.meanwhile}?seen=${this.field.value}`);
      this.take(fragment.querySelector("[data-meanwhile]"));
    } catch {
      // The submit itself looks again.
    } finally {
      this.isLooking = false;
    }
    if (!this.isWanted) return;
    this.isWanted = false;
    this.look();
  }

  take(notice) {
    if (!notice || this.composer.isSending) return;
    const isRead = Number(notice.dataset.latest) <= Number(this.field.value); // perhaps since it was asked for
    if (isRead) return;
    if (this.composer.isEmpty) this.field.value = notice.dataset.latest;
    else if (this.shown?.dataset.latest !== notice.dataset.latest) this.place.replaceChildren(notice);
  }

  // A submit that was stopped shows what is new; the first choice is to read it.
  stopped() {
    this.shown?.querySelector("[data-anyway], [data-seen]")?.focus();
  }

  clicked(event) {
    if (!this.shown?.contains(event.target)) return;
    const isAnyway = event.target.closest("[data-anyway]");
    if (!isAnyway && !event.target.closest("[data-seen]")) return;
    this.field.value = this.shown.dataset.latest;
    this.place.replaceChildren();
    if (isAnyway) (this.composer.submitter ?? this.composer.form.querySelector("[data-submit]")).click();
    else this.composer.rich.focus();
  }
}

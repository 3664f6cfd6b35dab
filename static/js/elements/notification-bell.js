// The bell: how many are unread, a panel with the newest, a short message for what just came. The number also
// stands in the title of the window. What is about the ticket in front of the reader is read at once.
import { coalesced, fetchFragment } from "../fragments.js";
import { watch } from "../live.js";

const PAUSE = 800;

class NotificationBell extends HTMLElement {
  connectedCallback() {
    this.link = this.querySelector("a");
    this.box = this.querySelector("[data-box]");
    this.count = Number(this.badge.textContent) || 0;
    this.last = Number(this.dataset.last) || 0;
    this.title = document.title;
    this.link.addEventListener("click", (event) => this.clicked(event));
    this.box.addEventListener("submit", (event) => this.submitted(event));
    this.box.addEventListener("toggle", (event) => this.link.setAttribute("aria-expanded", String(event.newState === "open")));
    this.show();
    const arrived = coalesced(() => this.arrived(), PAUSE);
    this.stop = watch(`user.${this.dataset.user}`, (fact) => {
      if (!fact.resumed) {
        const isMore = fact.notifications > this.count;
        this.count = fact.notifications;
        this.show();
        if (!isMore) return this.isOpen && this.load();
      }
      arrived();
    });
  }

  get badge() {
    return this.querySelector("[data-unread]");
  }

  get isOpen() {
    return this.box.matches(":popover-open");
  }

  show() {
    this.badge.hidden = this.count === 0;
    this.badge.textContent = this.count;
    const plain = document.title.replace(/^\(\d+\) /, "");
    document.title = this.count ? `(${this.count}) ${plain}` : plain;
  }

  async arrived() {
    await this.readWhatIsInFront();
    if (this.isOpen) await this.load();
    if (document.hidden) return;
    const news = await fetchFragment(`${this.dataset.new}?after=${this.last}`);
    const holder = news.firstElementChild;
    this.last = Math.max(this.last, Number(holder.dataset.last));
    if (!this.isOpen) document.getElementById("toasts").append(...holder.children);
    document.dispatchEvent(new CustomEvent("notifications-arrived"));
  }

  // The ticket that is open before the reader's eyes needs no message about itself.
  async readWhatIsInFront() {
    const ticket = document.querySelector("ticket-page")?.dataset.ticket;
    if (ticket && document.hasFocus()) await this.post(new URLSearchParams({ ticket }));
  }

  clicked(event) {
    if (event.ctrlKey || event.metaKey || event.shiftKey || !this.box.showPopover) return;
    event.preventDefault();
    if (this.isOpen) this.box.hidePopover();
    else this.load().then(() => this.open(), () => location.assign(this.link.href));
  }

  open() {
    this.box.showPopover();
    this.box.focus();
  }

  async load() {
    this.box.replaceChildren(await fetchFragment(this.dataset.panel));
  }

  async submitted(event) {
    if (!("quietly" in event.target.dataset)) return;
    event.preventDefault();
    await this.post(new FormData(event.target));
    await this.load();
    this.box.focus();
  }

  async post(body) {
    const headers = { "HX-Request": "true", ...JSON.parse(document.body.getAttribute("hx-headers")) };
    await fetch(this.dataset.read, { method: "POST", headers, body, credentials: "same-origin" });
  }

  disconnectedCallback() {
    this.stop?.();
  }
}

customElements.define("notification-bell", NotificationBell);

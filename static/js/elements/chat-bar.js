// Above the composer of a chat: its state, what the visitor does, and the deeds. Tells the visitor what was read.
import { post } from "../chats/deeds.js";
import { coalesced, fetchFragment } from "../fragments.js";
import { watch } from "../live.js";

const TYPES_FOR = 6000;
const PAUSE = 300;

class ChatBar extends HTMLElement {
  connectedCallback() {
    this.mode = this.bar.dataset.mode;
    this.load = coalesced(() => this.fetch(), PAUSE);
    this.read = coalesced(() => this.markRead(), 800);
    this.stop = watch(`desk.${this.dataset.ticket}`, (fact) => this.heard(fact));
    this.changed = () => this.load();
    this.looked = () => this.read();
    document.addEventListener("chats-changed", this.changed);
    document.addEventListener("visibilitychange", this.looked);
    addEventListener("focus", this.looked);
    this.seen = new MutationObserver(this.looked);
    this.seen.observe(document.querySelector("conversation-stream"), { childList: true, subtree: true });
    this.read();
  }

  disconnectedCallback() {
    this.stop?.();
    this.seen?.disconnect();
    document.removeEventListener("chats-changed", this.changed);
    document.removeEventListener("visibilitychange", this.looked);
    removeEventListener("focus", this.looked);
  }

  get bar() {
    return this.querySelector(".chat-bar");
  }

  heard(fact) {
    if (!("visitor" in fact)) return this.load();
    const typing = this.querySelector("[data-visitor-types]");
    typing.hidden = !fact.typing;
    clearTimeout(this.fading);
    if (fact.typing) this.fading = setTimeout(() => (this.querySelector("[data-visitor-types]").hidden = true), TYPES_FOR);
  }

  async fetch() {
    const fragment = await fetchFragment(this.dataset.url);
    const bar = fragment.querySelector(".chat-bar");
    const focused = this.contains(document.activeElement) && document.activeElement;
    const keys = focused?.dataset?.key;
    this.replaceChildren(bar);
    if (keys) this.querySelector(`[data-key="${keys}"]`)?.focus();
    if (bar.dataset.mode !== this.mode) this.change();
  }

  // Another composer is called for: at once when nothing is lost, else as soon as it was sent or taken away.
  change() {
    const text = document.querySelector("chat-composer textarea");
    if (!text?.value.trim()) return location.reload();
    text.setAttribute("aria-description", this.dataset.over);
  }

  async markRead() {
    if (document.hidden || !document.hasFocus() || !this.bar.dataset.mine) return;
    const ids = [...document.querySelectorAll("conversation-stream [id^='comment-']")].map((each) => Number(each.id.slice(8)));
    const newest = Math.max(0, ...ids.filter(Number.isFinite));
    if (newest <= (this.newest ?? 0)) return;
    this.newest = newest;
    await post(this.dataset.read, new URLSearchParams({ comment: newest }));
    document.dispatchEvent(new Event("chats-changed"));
  }
}

customElements.define("chat-bar", ChatBar);

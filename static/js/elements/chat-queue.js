// The page of all chats keeps itself true.
import { coalesced, fetchFragment } from "../fragments.js";
import { watch } from "../live.js";

class ChatQueue extends HTMLElement {
  connectedCallback() {
    this.load = coalesced(() => this.fetch(), 1000);
    this.changed = () => this.load();
    document.addEventListener("chats-changed", this.changed);
    this.stop = watch("queue.0", this.changed);
  }

  disconnectedCallback() {
    this.stop?.();
    document.removeEventListener("chats-changed", this.changed);
  }

  async fetch() {
    const fragment = await fetchFragment(this.dataset.url);
    const at = this.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
    this.replaceChildren(fragment);
    if (at) this.querySelector(`a[href="${CSS.escape(at)}"]`)?.focus();
  }
}

customElements.define("chat-queue", ChatQueue);

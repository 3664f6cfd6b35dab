// The tray of every page: the agent's chats with their keys, cards of chats that ring, how many wait.
import { hush, isLoud, ring, setLoud } from "../chats/bell.js";
import { coalesced, fetchFragment } from "../fragments.js";
import { watch } from "../live.js";

const PAUSE = 500;
const TYPES_FOR = 6000;

class ChatDock extends HTMLElement {
  connectedCallback() {
    this.stops = new Map();
    this.load = coalesced(() => this.fetch(), PAUSE);
    this.changed = () => this.load();
    this.pressed = (event) => this.press(event);
    document.addEventListener("chats-changed", this.changed);
    document.addEventListener("keydown", this.pressed);
    this.addEventListener("click", (event) => this.clicked(event));
    this.follow([`calls.${this.dataset.user}`, "queue.0"]);
    this.ticking = setInterval(() => this.countDown(), 1000);
    // What floats at the foot of a page (toasts, the bar for chosen tickets) keeps above it.
    this.measuring = new ResizeObserver(() => document.documentElement.style.setProperty("--dock", `${this.offsetHeight}px`));
    this.measuring.observe(this);
    this.load();
  }

  disconnectedCallback() {
    document.removeEventListener("chats-changed", this.changed);
    document.removeEventListener("keydown", this.pressed);
    clearInterval(this.ticking);
    this.measuring.disconnect();
    for (const stop of this.stops.values()) stop();
    hush();
  }

  follow(names) {
    for (const name of names) if (!this.stops.has(name)) this.stops.set(name, watch(name, (fact) => this.heard(fact)));
    const kept = new Set([...names, `calls.${this.dataset.user}`, "queue.0"]);
    for (const [name, stop] of this.stops) {
      if (kept.has(name)) continue;
      stop();
      this.stops.delete(name);
    }
  }

  heard(fact) {
    if ("visitor" in fact) this.types(fact);
    else this.load();
  }

  async fetch() {
    const fragment = await fetchFragment(this.dataset.url);
    const dock = fragment.querySelector("[data-dock]");
    const focused = this.contains(document.activeElement) ? document.activeElement : null;
    const [ticket, call] = [focused?.dataset.ticket, focused?.closest("[data-call]")?.dataset.call];
    const isAccept = focused?.matches("[data-accept]");
    const hadCalls = new Set([...this.querySelectorAll("[data-call]")].map((each) => each.dataset.call));
    this.hidden = !dock.querySelector(".dock-strip, [data-call]");
    for (const call of dock.querySelectorAll("[data-call]")) call.classList.toggle("is-fresh", !hadCalls.has(call.dataset.call));
    this.replaceChildren(dock);
    if (ticket) this.querySelector(`[data-ticket="${ticket}"]`)?.focus();
    if (call) this.querySelector(`[data-call="${call}"] ${isAccept ? "[data-accept]" : "[data-decline]"}`)?.focus();
    const present = document.querySelector("ticket-page")?.dataset.ticket;
    this.querySelector(`[data-ticket="${present}"]`)?.setAttribute("aria-current", "page");
    this.follow(dock.dataset.watch.split(" ").filter(Boolean).map((number) => `desk.${number}`));
    this.showSound();
    this.ringFor([...this.querySelectorAll("[data-call]")], hadCalls);
    this.countDown();
  }

  ringFor(calls, before) {
    if (!calls.length) {
      this.said?.remove();
      this.said = null;
      return hush();
    }
    const words = this.dataset.rings.replace("NAME", calls[0].dataset.name);
    ring(calls[0].dataset.call, words);
    if (!calls.some((call) => !before.has(call.dataset.call))) return;
    this.said ??= document.createElement("p");
    this.said.className = "sr-only";
    this.said.setAttribute("role", "alert");
    if (!this.said.isConnected) document.body.append(this.said);
    this.said.textContent = words;
  }

  types(fact) {
    const mark = this.querySelector(`[data-ticket="${fact.visitor}"] [data-typing]`);
    if (!mark) return;
    mark.hidden = !fact.typing;
    clearTimeout(mark.fading);
    if (fact.typing) mark.fading = setTimeout(() => (mark.hidden = true), TYPES_FOR);
  }

  countDown() {
    for (const element of this.querySelectorAll("[data-ends]")) {
      const left = Math.ceil(Number(element.dataset.ends) - Date.now() / 1000);
      element.textContent = this.dataset.seconds.replace("{n}", Math.max(0, left));
      if (left < -1) this.load();
    }
  }

  clicked(event) {
    if (event.target.closest("[data-sound]")) {
      setLoud(!isLoud());
      this.showSound();
    }
  }

  showSound() {
    const button = this.querySelector("[data-sound]");
    if (!button) return;
    button.setAttribute("aria-pressed", String(isLoud()));
    button.querySelector("[data-on]").hidden = !isLoud();
    button.querySelector("[data-off]").hidden = isLoud();
  }

  // Alt+Shift: 1 to 9 go to a chat, A accepts and D declines what rings, E ends the chat in front.
  press(event) {
    if (!event.altKey || !event.shiftKey || event.ctrlKey || event.metaKey) return;
    const slot = /^Digit([1-9])$/.exec(event.code)?.[1];
    const target = slot
      ? this.querySelector(`[data-slot="${slot}"]`)
      : { KeyA: this.querySelector("[data-accept]"), KeyD: this.querySelector("[data-decline]"),
          KeyE: document.querySelector("chat-bar [data-end]") }[event.code];
    if (!target) return;
    event.preventDefault();
    target.click();
  }
}

customElements.define("chat-dock", ChatDock);

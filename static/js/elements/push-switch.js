// Messages of this browser: switched on and off, and tried. What to say stands in data attributes.
import { toast } from "./app-toast.js";
import { registration, subscribe, tellServer } from "../pushes.js";

class PushSwitch extends HTMLElement {
  connectedCallback() {
    this.words = this.querySelector("[data-words]");
    this.buttons = Object.fromEntries(
      ["turnOn", "turnOff", "testIt"].map((name) => [name, this.querySelector(`[data-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}]`)]),
    );
    this.buttons.turnOn.addEventListener("click", () => this.run(() => this.turnOn()));
    this.buttons.turnOff.addEventListener("click", () => this.run(() => this.turnOff()));
    this.buttons.testIt.addEventListener("click", () => this.run(() => this.test()));
    this.run(() => this.look());
  }

  async run(work) {
    try {
      await work();
    } catch {
      toast(this.dataset.failed);
    }
  }

  async look() {
    const worker = await registration();
    if (!worker?.pushManager) return this.show("unable");
    if (Notification.permission === "denied") return this.show("blocked");
    const own = await worker.pushManager.getSubscription();
    this.show(own ? "on" : "off");
  }

  show(state) {
    this.words.textContent = this.dataset[state];
    this.buttons.turnOn.hidden = state !== "off";
    this.buttons.turnOff.hidden = this.buttons.testIt.hidden = state !== "on";
  }

  async turnOn() {
    if ((await Notification.requestPermission()) !== "granted") return this.look();
    await subscribe(await registration(), this.dataset.key, this.dataset.url);
    await this.look();
    this.buttons.testIt.focus();
  }

  async turnOff() {
    const own = await (await registration()).pushManager.getSubscription();
    await tellServer(this.dataset.url, "DELETE", own);
    await own.unsubscribe();
    await this.look();
    this.buttons.turnOn.focus();
  }

  async test() {
    const headers = JSON.parse(document.body.getAttribute("hx-headers"));
    const response = await fetch(this.dataset.test, { method: "POST", headers, credentials: "same-origin" });
    const answer = await response.json();
    toast(answer.said ?? answer.error ?? this.dataset.failed);
  }
}

customElements.define("push-switch", PushSwitch);

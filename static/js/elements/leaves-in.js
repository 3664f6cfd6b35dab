// Counts down to the moment a reply leaves; then the page looks what became of it.
import { say } from "../words.js";

const LOOK_AGAIN = 6000; // a sweep of the worker takes at most five seconds

class LeavesIn extends HTMLElement {
  connectedCallback() {
    this.until = Date.parse(this.dataset.until);
    this.timer = setInterval(() => this.tick(), 500);
    this.tick();
  }

  tick() {
    const left = Math.ceil((this.until - Date.now()) / 1000);
    const words = left > 0 ? say("leaves-in", { n: left }) : say("leaving");
    if (this.textContent !== words) this.textContent = words;
    if (left > 0) return;
    clearInterval(this.timer);
    this.parentElement.querySelector("take-back")?.remove();
    setTimeout(() => {
      if (this.isConnected) document.body.dispatchEvent(new Event("ticket-saved"));
    }, LOOK_AGAIN);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }
}

customElements.define("leaves-in", LeavesIn);

// Says in one quiet line when the page no longer hears of changes.
import { connect, onState } from "../live.js";
import { say } from "../words.js";

const WORDS = { lost: say("offline"), "signed-out": say("signed-out") };

class LiveUpdates extends HTMLElement {
  connectedCallback() {
    this.setAttribute("role", "status");
    this.className = "offline";
    onState((state) => {
      this.textContent = WORDS[state] ?? "";
      this.hidden = !WORDS[state];
    });
    connect();
  }
}

customElements.define("live-updates", LiveUpdates);

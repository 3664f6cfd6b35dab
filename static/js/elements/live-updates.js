// Says in one quiet line when the page no longer hears of changes.
import { connect, onState } from "../live.js";

const WORDS = {
  lost: "Not connected. Trying again …",
  "signed-out": "You are signed out. Reload the page to sign in again.",
};

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

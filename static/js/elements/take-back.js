// Stops a reply that has not left: its text and files go back into the composer. The button stands
// under the message and, right after a submit, in the toast; Alt+Z presses it.
import { toast } from "./app-toast.js";
import { say } from "../words.js";

class TakeBack extends HTMLElement {
  connectedCallback() {
    this.querySelector("button").addEventListener("click", () => this.stop());
  }

  async stop() {
    const button = this.querySelector("button");
    button.disabled = true;
    const isStopped = await takeBack(this.dataset.url);
    const shown = this.closest("app-toast");
    if (shown) shown.remove();
    else if (!isStopped && button.isConnected) button.disabled = false;
  }
}

async function takeBack(url) {
  const headers = { "HX-Request": "true", ...JSON.parse(document.body.getAttribute("hx-headers")) };
  let response;
  try {
    response = await fetch(url, { method: "POST", headers, credentials: "same-origin" });
  } catch {
    toast(say("no-connection-stop"));
    return false;
  }
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) toast(answer.error ?? say("not-stopped"));
  else if (answer.go) location.assign(answer.go);
  else if (answer.toast) toast(answer.toast);
  else if (answer.side) document.dispatchEvent(new CustomEvent("side-taken-back", { detail: answer.side }));
  else document.dispatchEvent(new CustomEvent("reply-taken-back", { detail: answer }));
  document.body.dispatchEvent(new Event("ticket-saved"));
  return response.ok;
}

customElements.define("take-back", TakeBack);

// Answers to a submit say that it can be undone: HX-Trigger {"undoable": {words, url, until}}.
document.addEventListener("undoable", ({ detail: { words, url, until } }) => {
  const undo = document.createElement("take-back");
  undo.dataset.url = url;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "toast-act";
  button.textContent = say("undo");
  button.setAttribute("aria-keyshortcuts", "Alt+Z");
  undo.append(button);
  toast(words, { action: undo, until: Date.parse(until) });
});

document.addEventListener("keydown", (event) => {
  if (!event.altKey || event.ctrlKey || event.metaKey || event.code !== "KeyZ") return;
  const button = document.querySelector("app-toast take-back button, take-back[data-undo] button");
  if (!button || button.disabled) return;
  event.preventDefault();
  button.click();
});

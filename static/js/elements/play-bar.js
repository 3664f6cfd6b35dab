// The line above a ticket that was handed out by "Serve next": keeps it held while the page is open, lets go
// when one leaves, and goes on to the next one after a submit.
import { toast } from "./app-toast.js";

const ALIVE_EVERY = 60_000;
const CARRIED = "undo-of-served";

class PlayBar extends HTMLElement {
  connectedCallback() {
    this.timer = setInterval(() => this.tell({}), ALIVE_EVERY);
    this.gone = () => this.letGo();
    this.saved = (event) => this.submitted(event);
    this.undoable = (event) => sessionStorage.setItem(CARRIED, JSON.stringify({ ...event.detail, number: this.dataset.number }));
    addEventListener("pagehide", this.gone);
    document.body.addEventListener("ticket-saved", this.saved);
    document.addEventListener("undoable", this.undoable);
    this.addEventListener("submit", () => (this.isLeaving = true));
    for (const menu of this.querySelectorAll("details")) {
      menu.addEventListener("toggle", () => menu.open && menu.querySelector("[autofocus]")?.focus());
    }
  }

  disconnectedCallback() {
    clearInterval(this.timer);
    removeEventListener("pagehide", this.gone);
    document.body.removeEventListener("ticket-saved", this.saved);
    document.removeEventListener("undoable", this.undoable);
  }

  data(values) {
    const body = new FormData();
    const { view, session, number } = this.dataset;
    const token = JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"];
    for (const [name, value] of Object.entries({ csrfmiddlewaretoken: token, view, session, number, ...values })) {
      body.set(name, value);
    }
    return body;
  }

  tell(values) {
    return fetch(this.dataset.hold, { method: "POST", body: this.data(values), credentials: "same-origin" }).catch(() => null);
  }

  letGo() {
    if (!this.isLeaving) navigator.sendBeacon(this.dataset.hold, this.data({ outcome: "left" }));
  }

  // Only the composer's submit names its ticket; a changed property is no end of the work.
  submitted(event) {
    if (String(event.detail?.ticket ?? "") !== this.dataset.number) return;
    setTimeout(() => this.goOn(), 0);
  }

  async goOn() {
    this.isLeaving = true;
    try {
      const response = await fetch(this.dataset.next, {
        method: "POST", body: this.data({ outcome: "done" }), headers: { Accept: "application/json" }, credentials: "same-origin",
      });
      location.assign((await response.json()).url);
    } catch {
      this.isLeaving = false;
      toast(this.dataset.failed);
    }
  }
}

customElements.define("play-bar", PlayBar);

// The reply just sent can still be taken back on the next page; its text then waits on its own ticket.
function offerCarried() {
  const carried = JSON.parse(sessionStorage.getItem(CARRIED) ?? "null");
  sessionStorage.removeItem(CARRIED);
  if (!carried || Date.parse(carried.until) - Date.now() < 800) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "toast-act";
  button.textContent = document.body.dataset.undo ?? "Undo";
  button.addEventListener("click", async () => {
    button.disabled = true;
    const headers = { "HX-Request": "true", ...JSON.parse(document.body.getAttribute("hx-headers")) };
    const response = await fetch(carried.url, { method: "POST", headers, credentials: "same-origin" });
    if (response.ok) location.assign(`/tickets/${carried.number}/`);
    else button.closest("app-toast").remove();
  });
  toast(carried.words, { action: button, until: Date.parse(carried.until) });
}

addEventListener("load", offerCarried);

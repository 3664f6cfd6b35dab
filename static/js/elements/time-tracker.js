// Counts how long somebody works on the open ticket: while the page is in front and something was
// done on it lately. The count goes along with the next submit, or is handed in when the page is left;
// the server takes no more than has passed. Pausing holds for this person's browser until resumed.
const IDLE_AFTER = 60_000;
const LEAST = 10; // seconds: a glance is no work
const PAUSED = "time-paused";
const SIGNS = ["pointerdown", "pointermove", "keydown", "wheel", "scroll", "touchstart"];

class TimeTracker extends HTMLElement {
  connectedCallback() {
    this.field = this.querySelector('[name="visit_seconds"]');
    this.visit = this.querySelector('[name="visit"]');
    this.counted = 0; // milliseconds since the last submit
    this.total = 0; // of this visit
    this.lastSign = Date.now();
    this.lastTick = Date.now();
    this.isPaused = localStorage.getItem(PAUSED) === "yes";
    this.noticed = () => (this.lastSign = Date.now());
    for (const sign of SIGNS) document.addEventListener(sign, this.noticed, { passive: true, capture: true });
    this.timer = setInterval(() => this.tick(), 1000);
    this.leaving = () => this.hand();
    addEventListener("pagehide", this.leaving);
    this.form = document.getElementById(`ticket-${this.dataset.ticket}-composer`);
    this.submitted = (event) => event.detail.successful && event.detail.elt === this.form && this.taken();
    document.body.addEventListener("htmx:afterRequest", this.submitted);
    this.pressed = (event) => event.target.closest("[data-visit-pause]") && this.toggle();
    document.addEventListener("click", this.pressed);
    this.redrawn = () => this.draw();
    document.body.addEventListener("htmx:afterSettle", this.redrawn);
    this.draw();
  }

  disconnectedCallback() {
    clearInterval(this.timer);
    removeEventListener("pagehide", this.leaving);
    for (const sign of SIGNS) document.removeEventListener(sign, this.noticed, { capture: true });
    document.body.removeEventListener("htmx:afterRequest", this.submitted);
    document.body.removeEventListener("htmx:afterSettle", this.redrawn);
    document.removeEventListener("click", this.pressed);
  }

  tick() {
    const now = Date.now();
    const passed = Math.min(now - this.lastTick, 2000); // a machine that slept did not work
    this.lastTick = now;
    const works = !document.hidden && now - this.lastSign < IDLE_AFTER;
    if (this.isPaused || !works) return;
    this.counted += passed;
    this.total += passed;
    this.field.value = String(Math.round(this.counted / 1000));
    this.draw();
  }

  toggle() {
    this.isPaused = !this.isPaused;
    localStorage.setItem(PAUSED, this.isPaused ? "yes" : "no");
    this.draw();
  }

  draw() {
    const place = document.querySelector("[data-visit-shown]");
    if (!place) return;
    place.hidden = false;
    const seconds = Math.floor(this.total / 1000);
    const words = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    place.querySelector("[data-visit-clock]").textContent = words;
    const button = document.querySelector("[data-visit-pause]");
    button.hidden = false;
    if (button.getAttribute("aria-pressed") === String(this.isPaused) && button.dataset.drawn) return;
    button.dataset.drawn = "yes";
    button.setAttribute("aria-pressed", String(this.isPaused));
    const label = this.isPaused ? this.dataset.resume : this.dataset.pause;
    button.setAttribute("aria-label", label);
    button.title = label;
  }

  taken() {
    this.counted = 0;
    this.field.value = "0";
  }

  // What was worked without a submit is kept, too.
  hand() {
    const seconds = Math.round(this.counted / 1000);
    if (seconds < LEAST) return;
    this.taken();
    const headers = { "HX-Request": "true", ...JSON.parse(document.body.getAttribute("hx-headers")) };
    const body = new URLSearchParams({ visit: this.visit.value, visit_seconds: String(seconds) });
    fetch(this.dataset.url, { method: "POST", headers, body, keepalive: true, credentials: "same-origin" }).catch(() => {});
  }
}

customElements.define("time-tracker", TimeTracker);

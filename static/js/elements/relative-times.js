// Keeps "5 min" true while a page stays open; the words are those of the server (web/templatetags/ui.py and
// sla.py).
const MINUTE = 60_000;
const DAY = 86_400;
const SOON = 3600;

class RelativeTimes extends HTMLElement {
  connectedCallback() {
    this.timer = setInterval(() => this.refresh(), MINUTE / 2);
  }

  refresh() {
    if (document.hidden) return;
    const now = Date.now();
    for (const element of document.querySelectorAll("time[datetime]")) {
      if ("until" in element.dataset) show(element, ...until((Date.parse(element.dateTime) - now) / 1000));
      else put(element, words(now - Date.parse(element.dateTime)));
    }
    for (const element of document.querySelectorAll("[data-spans], [data-late-since]")) countDown(element, now / 1000);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }
}

function put(element, text) {
  if (text && element.textContent !== text) element.textContent = text;
}

function show(element, text, look, marked = element) {
  put(element, text);
  for (const name of ["ok", "warn", "bad"]) marked.classList.toggle(name, name === look);
}

function until(left) {
  if (left <= 0) return [`−${span(-left)}`, "bad"];
  return [span(left), left <= SOON ? "warn" : "ok"];
}

// What is left counts only in the spans in which the clock runs: business hours.
function countDown(element, now) {
  const box = element.closest(".sla");
  const { spans, beyond, lateSince } = element.dataset;
  if (lateSince) {
    put(element, `${span(now - Number(lateSince))} late`);
    return;
  }
  const pairs = spans.split(",").filter(Boolean).map((pair) => pair.split("-").map(Number));
  const left = pairs.reduce((sum, [start, end]) => sum + Math.max(0, end - Math.max(start, now)), Number(beyond));
  if (left > 0) {
    show(element, `${span(left, !("business" in element.dataset))} left`, left <= SOON ? "warn" : "ok", box);
  } else if (pairs.length) {
    const end = pairs.at(-1)[1];
    show(element, `${span(Math.max(0, now - end))} late`, "bad", box);
  }
}

function span(seconds, days = true) {
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 3 && minutes % 60) return `${hours} h ${minutes % 60} min`;
  if (days && seconds >= 2 * DAY) return `${Math.floor(seconds / DAY)} d`;
  return `${hours} h`;
}

// Older than a week is a date, which does not change.
function words(age) {
  const minutes = Math.floor(age / MINUTE);
  if (minutes < 1) return "now";
  if (minutes < 60) return `${minutes} min`;
  if (minutes < 1440) return `${Math.floor(minutes / 60)} h`;
  if (minutes < 10080) return `${Math.floor(minutes / 1440)} d`;
  return null;
}

customElements.define("relative-times", RelativeTimes);

// Keeps "5 min" true while a page stays open; the words are those of the server (web/templatetags/ui.py and
// sla.py).
import { say } from "../words.js";
const MINUTE = 60_000;
const DAY = 86_400;
const SOON = 3600;
const SECONDS_UNTIL = 120; // what is shorter is said to the second

class RelativeTimes extends HTMLElement {
  connectedCallback() {
    this.timer = setInterval(() => this.refresh(), MINUTE / 2);
    this.quick = setInterval(() => this.refreshQuick(), 1000);
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

  // Promises of seconds, as chats have them.
  refreshQuick() {
    if (document.hidden) return;
    const now = Date.now() / 1000;
    for (const element of document.querySelectorAll("[data-spans], [data-late-since]")) if (isQuick(element, now)) countDown(element, now);
    for (const element of document.querySelectorAll("time[data-until]")) {
      const left = Date.parse(element.dateTime) / 1000 - now;
      if (Math.abs(left) < SECONDS_UNTIL + 1) show(element, ...until(left));
    }
  }

  disconnectedCallback() {
    clearInterval(this.timer);
    clearInterval(this.quick);
  }
}

function put(element, text) {
  if (text && element.textContent !== text) element.textContent = text;
}

function show(element, text, look, marked = element) {
  put(element, text);
  for (const name of ["ok", "warn", "bad"]) marked.classList.toggle(name, name === look);
}

function isQuick(element, now) {
  const { spans, lateSince } = element.dataset;
  const end = Number(lateSince) || Number(spans?.split(",").filter(Boolean).at(-1)?.split("-")[1]);
  return Math.abs(end - now) < SECONDS_UNTIL + 1;
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
    put(element, say("late", { span: span(now - Number(lateSince)) }));
    return;
  }
  const pairs = spans.split(",").filter(Boolean).map((pair) => pair.split("-").map(Number));
  const left = pairs.reduce((sum, [start, end]) => sum + Math.max(0, end - Math.max(start, now)), Number(beyond));
  if (left > 0) {
    show(element, say("left", { span: span(left, !("business" in element.dataset)) }), left <= Number(element.dataset.soon ?? SOON) ? "warn" : "ok", box);
  } else if (pairs.length) {
    const end = pairs.at(-1)[1];
    show(element, say("late", { span: span(Math.max(0, now - end)) }), "bad", box);
  }
}

function span(seconds, days = true) {
  const minutes = Math.floor(seconds / 60);
  if (seconds < SECONDS_UNTIL) {
    const rest = Math.floor(seconds % 60);
    return minutes ? `${minutes}:${String(rest).padStart(2, "0")}` : say("seconds", { n: rest });
  }
  if (minutes < 60) return say("minutes", { n: minutes });
  const hours = Math.floor(minutes / 60);
  if (hours < 3 && minutes % 60) return say("hours-minutes", { n: hours, m: minutes % 60 });
  if (days && seconds >= 2 * DAY) return say("days", { n: Math.floor(seconds / DAY) });
  return say("hours", { n: hours });
}

// Older than a week is a date, which does not change.
function words(age) {
  const minutes = Math.floor(age / MINUTE);
  if (minutes < 1) return say("now");
  if (minutes < 60) return say("minutes", { n: minutes });
  if (minutes < 1440) return say("hours", { n: Math.floor(minutes / 60) });
  if (minutes < 10080) return say("days", { n: Math.floor(minutes / 1440) });
  return null;
}

customElements.define("relative-times", RelativeTimes);

// Keeps "5 min" true while a page stays open; the words are those of the server (web/templatetags/ui.py).
const MINUTE = 60_000;

class RelativeTimes extends HTMLElement {
  connectedCallback() {
    this.timer = setInterval(() => this.refresh(), MINUTE / 2);
  }

  refresh() {
    if (document.hidden) return;
    const now = Date.now();
    for (const element of document.querySelectorAll("time[datetime]")) {
      const text = words(now - Date.parse(element.dateTime));
      if (text && element.textContent !== text) element.textContent = text;
    }
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }
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

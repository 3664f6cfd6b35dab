// How long somebody waits, to the second, and coloured the longer it takes (web/templatetags/chats.py).
const clocks = new Set();
let timer = 0;

class WaitClock extends HTMLElement {
  connectedCallback() {
    clocks.add(this);
    timer ||= setInterval(tick, 1000);
    this.show();
  }

  disconnectedCallback() {
    clocks.delete(this);
    if (clocks.size) return;
    clearInterval(timer);
    timer = 0;
  }

  show() {
    const seconds = Math.max(0, Math.floor(Date.now() / 1000) - Number(this.dataset.since));
    const words = clockWords(seconds);
    if (this.textContent !== words) this.textContent = words;
    if (!this.dataset.hard) return;
    this.classList.toggle("bad", seconds >= Number(this.dataset.hard));
    this.classList.toggle("warn", seconds >= Number(this.dataset.soft) && seconds < Number(this.dataset.hard));
  }
}

export function clockWords(seconds) {
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (number) => String(number).padStart(2, "0");
  return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

function tick() {
  if (!document.hidden) for (const clock of clocks) clock.show();
}

customElements.define("wait-clock", WaitClock);

// A short message at the foot of the page that goes by itself, unless somebody is reading it.
const SHOWN_FOR = 5000;

class AppToast extends HTMLElement {
  connectedCallback() {
    const until = Number(this.dataset.until);
    this.timer = setTimeout(() => this.leave(), until ? until - Date.now() : 1000 * this.dataset.seconds || SHOWN_FOR);
  }

  leave() {
    if (!this.dataset.until && this.matches(":hover, :focus-within")) this.timer = setTimeout(() => this.leave(), 1000);
    else this.remove();
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
  }
}

// `action`: an element beside the words; `until`: the instant (ms) after which it would do nothing.
export function toast(text, { action, until } = {}) {
  const element = document.createElement("app-toast");
  element.className = "toast";
  element.textContent = text;
  if (action) element.append(action);
  if (until) element.dataset.until = until;
  document.getElementById("toasts").append(element);
}

customElements.define("app-toast", AppToast);

// Answers to fragments may carry words: HX-Trigger {"toast": "Submitted as Pending"}.
document.addEventListener("toast", (event) => toast(event.detail.value));

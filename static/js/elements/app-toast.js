// A short message at the foot of the page that goes by itself, unless somebody is reading it.
const SHOWN_FOR = 5000;

class AppToast extends HTMLElement {
  connectedCallback() {
    this.timer = setTimeout(() => this.leave(), SHOWN_FOR);
  }

  leave() {
    if (this.matches(":hover, :focus-within")) this.timer = setTimeout(() => this.leave(), 1000);
    else this.remove();
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
  }
}

export function toast(text) {
  const element = document.createElement("app-toast");
  element.className = "toast";
  element.textContent = text;
  document.getElementById("toasts").append(element);
}

customElements.define("app-toast", AppToast);

// Answers to fragments may carry words: HX-Trigger {"toast": "Submitted as Pending"}.
document.addEventListener("toast", (event) => toast(event.detail.value));

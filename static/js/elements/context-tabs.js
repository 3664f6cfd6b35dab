// Tabs of a side column: arrows move between them, a body is fetched when it is first shown, and the
// choice stays for the next page. `document.dispatchEvent(new CustomEvent("show-tab", {detail: "side"}))`
// opens one from elsewhere.
class ContextTabs extends HTMLElement {
  connectedCallback() {
    this.tabs = [...this.querySelectorAll('[role="tab"]')];
    this.addEventListener("click", (event) => {
      const tab = event.target.closest('[role="tab"]');
      if (tab) this.show(tab.dataset.tab);
    });
    this.addEventListener("keydown", (event) => this.pressed(event));
    this.asked = (event) => this.show(event.detail, { hasFocus: true });
    document.addEventListener("show-tab", this.asked);
    const kept = localStorage.getItem(this.dataset.memory);
    // After the page's own start: htmx must know the bodies before one is shown.
    if (kept) setTimeout(() => this.show(kept), 0);
  }

  disconnectedCallback() {
    document.removeEventListener("show-tab", this.asked);
  }

  pressed(event) {
    const at = this.tabs.indexOf(event.target.closest('[role="tab"]'));
    if (at < 0) return;
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const isRtl = getComputedStyle(this).direction === "rtl";
    let next = null;
    if (step) next = this.tabs.at((at + (isRtl ? -step : step)) % this.tabs.length);
    if (event.key === "Home") next = this.tabs[0];
    if (event.key === "End") next = this.tabs.at(-1);
    if (!next) return;
    event.preventDefault();
    this.show(next.dataset.tab, { hasFocus: true });
  }

  show(name, { hasFocus = false } = {}) {
    const chosen = this.tabs.find((tab) => tab.dataset.tab === name);
    if (!chosen) return;
    for (const tab of this.tabs) {
      const isChosen = tab === chosen;
      tab.setAttribute("aria-selected", String(isChosen));
      tab.tabIndex = isChosen ? 0 : -1;
      const body = document.getElementById(tab.getAttribute("aria-controls"));
      body.hidden = !isChosen;
      if (isChosen) window.htmx.trigger(body, "shown");
    }
    if (hasFocus) chosen.focus();
    localStorage.setItem(this.dataset.memory, name);
  }
}

customElements.define("context-tabs", ContextTabs);

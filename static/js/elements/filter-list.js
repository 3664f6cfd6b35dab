// A field that leaves only those choices of a list which contain what is typed; Enter takes the first.
class FilterList extends HTMLElement {
  connectedCallback() {
    this.field = this.querySelector("[data-filter]");
    this.field.addEventListener("input", () => this.filter());
    this.field.addEventListener("keydown", (event) => this.key(event));
  }

  shown() {
    return [...this.querySelectorAll("[data-item]")].filter((item) => !item.hidden);
  }

  filter() {
    const words = this.field.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const item of this.querySelectorAll("[data-item]")) {
      const text = item.textContent.toLowerCase();
      item.hidden = !words.every((word) => text.includes(word));
    }
    for (const section of this.querySelectorAll("[data-section]")) {
      section.hidden = !section.querySelector("[data-item]:not([hidden])");
    }
  }

  key(event) {
    if (event.key !== "ArrowDown" && event.key !== "Enter") return;
    const first = this.shown()[0]?.querySelector("input");
    if (!first) return;
    event.preventDefault();
    first.checked = true;
    first.focus();
  }
}

customElements.define("filter-list", FilterList);

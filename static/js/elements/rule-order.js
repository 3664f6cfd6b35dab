// Lists whose rows are dragged to another place; the buttons in the rows do the same by keyboard.
/* global htmx */
class RuleOrder extends HTMLElement {
  connectedCallback() {
    for (const type of ["pointerdown", "pointerup", "dragstart", "dragover", "dragend"]) {
      this.addEventListener(type, this);
    }
  }

  handleEvent(event) {
    const row = event.target.closest?.("[data-rule]");
    switch (event.type) {
      case "pointerdown":
        if (row && event.target.closest("[data-grip]")) row.draggable = true;
        break;
      case "pointerup":
        if (row) row.draggable = false;
        break;
      case "dragstart":
        this.start(row, event);
        break;
      case "dragover":
        this.over(row, event);
        break;
      case "dragend":
        this.end();
        break;
    }
  }

  start(row, event) {
    this.dragged = row;
    this.before = this.ids(row.parentElement);
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", row.dataset.rule);
    row.classList.add("is-dragged");
  }

  over(row, event) {
    if (!this.dragged || !row || row.parentElement !== this.dragged.parentElement) return;
    event.preventDefault();
    if (row === this.dragged) return;
    const { top, height } = row.getBoundingClientRect();
    row[event.clientY < top + height / 2 ? "before" : "after"](this.dragged);
  }

  end() {
    const row = this.dragged;
    this.dragged = null;
    if (!row) return;
    row.draggable = false;
    row.classList.remove("is-dragged");
    const ids = this.ids(row.parentElement);
    if (ids === this.before) return;
    const [target, select] = [`#${this.id}`, `#${this.id}`];
    htmx.ajax("POST", row.dataset.url, { values: { ids }, target, select, swap: "outerHTML" });
  }

  ids(list) {
    return [...list.querySelectorAll("[data-rule]")].map((row) => row.dataset.rule).join();
  }
}

customElements.define("rule-order", RuleOrder);

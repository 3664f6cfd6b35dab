// Rows of a form that can be added and removed: [data-rows] holds them, a <template> the empty one,
// [data-add-row] and [data-remove-row] are the buttons.
class RowList extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => {
      if (event.target.closest("[data-add-row]")) this.add();
      const remove = event.target.closest("[data-remove-row]");
      if (remove) this.remove_(remove.closest("[data-row]"));
    });
  }

  add() {
    const row = this.querySelector("template").content.cloneNode(true).firstElementChild;
    this.querySelector("[data-rows]").append(row);
    row.querySelector("select, input")?.focus();
  }

  remove_(row) {
    row.remove();
    this.querySelector("[data-add-row]").focus();
    this.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

customElements.define("row-list", RowList);

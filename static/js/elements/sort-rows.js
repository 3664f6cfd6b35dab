// Rows of a form that are put into another order by buttons; the form sends them as they stand.
class SortRows extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => {
      const button = event.target.closest("[data-up], [data-down]");
      if (button) this.move(button);
    });
    this.mark();
  }

  move(button) {
    const row = button.closest("[data-row]");
    const isUp = "up" in button.dataset;
    const other = isUp ? row.previousElementSibling : row.nextElementSibling;
    if (!other) return;
    if (isUp) other.before(row);
    else other.after(row);
    this.mark();
    if (button.disabled) row.querySelector(isUp ? "[data-down]" : "[data-up]").focus();
    else button.focus();
  }

  mark() {
    const rows = [...this.querySelectorAll("[data-row]")];
    rows.forEach((row, place) => {
      row.querySelector("[data-up]").disabled = place === 0;
      row.querySelector("[data-down]").disabled = place === rows.length - 1;
    });
  }
}

customElements.define("sort-rows", SortRows);

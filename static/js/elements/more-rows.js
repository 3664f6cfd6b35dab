// <more-rows data-limit="4" data-label="Add a span">: rows [data-row] of fields, a button that adds an empty one
// and, in each, one that takes it away. Without scripts there is always one empty row to fill in.
class MoreRows extends HTMLElement {
  connectedCallback() {
    const rows = this.rows();
    this.blank = rows[rows.length - 1].cloneNode(true);
    clear(this.blank);
    const last = rows[rows.length - 1];
    if (rows.length > 1 && isEmpty(last)) last.remove();
    this.rows().forEach((row) => this.equip(row));
    this.adder = button(this.dataset.label, "btn ghost small-btn more-add");
    this.adder.addEventListener("click", () => this.add());
    this.append(this.adder);
    this.update();
  }

  rows() {
    return [...this.querySelectorAll("[data-row]")];
  }

  add() {
    const row = this.blank.cloneNode(true);
    this.adder.before(row);
    this.equip(row);
    this.update();
    row.querySelector("input").focus();
  }

  equip(row) {
    const remove = button("×", "btn ghost sq row-remove");
    remove.setAttribute("aria-label", this.dataset.remove);
    remove.title = this.dataset.remove;
    remove.addEventListener("click", () => {
      if (this.rows().length > 1) row.remove();
      else clear(row);
      this.update();
      this.adder.focus();
    });
    row.append(remove);
  }

  update() {
    this.adder.hidden = this.rows().length >= Number(this.dataset.limit);
  }
}

function button(text, css) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = css;
  made.textContent = text;
  return made;
}

function clear(row) {
  for (const input of row.querySelectorAll("input")) {
    input.value = "";
    input.removeAttribute("value");
  }
}

function isEmpty(row) {
  return [...row.querySelectorAll("input")].every((input) => !input.value);
}

customElements.define("more-rows", MoreRows);

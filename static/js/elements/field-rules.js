// Shows those fields of a form that are asked as the others stand. `data-rules` holds
// [{parent, value, child, required}]; each field lies in a [data-field]. What is hidden is not sent.
// The server judges by the same rules (tickets/field_rules.py).
class FieldRules extends HTMLElement {
  connectedCallback() {
    this.rules = JSON.parse(this.dataset.rules || "[]");
    if (!this.rules.length) return;
    this.addEventListener("input", () => this.judge());
    this.addEventListener("change", () => this.judge());
    this.judge();
  }

  judge() {
    this.known = new Map();
    for (const box of this.querySelectorAll("[data-field]")) {
      const id = Number(box.dataset.field);
      if (!this.rules.some((rule) => rule.child === id)) continue;
      const isShown = this.isShown(id);
      box.hidden = !isShown;
      for (const control of box.querySelectorAll("input, select, textarea")) control.disabled = !isShown;
      this.require(box, isShown && this.rules.some((rule) => rule.child === id && rule.required && this.holds(rule)));
    }
    this.dispatchEvent(new CustomEvent("fields-changed", { bubbles: true }));
  }

  isShown(id) {
    if (!this.known.has(id)) {
      this.known.set(id, false); // a circle asks nothing
      const rules = this.rules.filter((rule) => rule.child === id);
      const isThere = Boolean(this.box(id));
      this.known.set(id, isThere && (!rules.length || rules.some((rule) => this.holds(rule))));
    }
    return this.known.get(id);
  }

  holds(rule) {
    return this.isShown(rule.parent) && this.values(rule.parent).includes(rule.value);
  }

  values(id) {
    const controls = [...this.box(id).querySelectorAll("input, select, textarea")];
    const boxes = controls.filter((control) => control.type === "checkbox");
    if (!boxes.length) return controls.map((control) => control.value);
    if (boxes.length === 1 && boxes[0].value === "true") return [String(boxes[0].checked)];
    return boxes.filter((box) => box.checked).map((box) => box.value);
  }

  require(box, isRequired) {
    const mark = box.querySelector("[data-optional]");
    if (mark) mark.hidden = isRequired;
  }

  box(id) {
    return this.querySelector(`[data-field="${id}"]`);
  }
}

customElements.define("field-rules", FieldRules);

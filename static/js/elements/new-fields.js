// The questions of a new ticket's form, which are asked anew when another form is chosen. What was
// answered while that answer was on its way goes over into the new ones.
import { isChanged } from "../chosen-early.js";

const CONTROLS = "input[name], select[name], textarea[name]";

class NewFields extends HTMLElement {
  connectedCallback() {
    // The part that this one replaces still stands beside it.
    const before = [...this.parentElement.querySelectorAll("new-fields")].find((each) => each !== this);
    if (!before) return;
    for (const control of before.querySelectorAll(`field-rules :is(${CONTROLS})`)) {
      if (isAnswered(control)) this.take(control);
    }
  }

  take(from) {
    const isOne = (control) => control.name === from.name && (!isPicked(from) || control.value === from.value);
    const control = [...this.querySelectorAll(CONTROLS)].find(isOne);
    if (!control) return;
    if (isPicked(from)) control.checked = from.checked;
    else control.value = from.value;
  }
}

function isPicked(control) {
  return control.type === "checkbox" || control.type === "radio";
}

function isAnswered(control) {
  if (control.localName === "select") return isChanged(control);
  return isPicked(control) ? control.checked !== control.defaultChecked : control.value !== control.defaultValue;
}

customElements.define("new-fields", NewFields);

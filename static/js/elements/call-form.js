// The form of a call: whoever is chosen from the list is remembered by id, and their open tickets are
// offered to note the call on. What is typed by hand is a number again.
import { fetchFragment } from "../fragments.js";

class CallForm extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.addEventListener("person-chosen", (event) => this.choose(event.detail));
    this.form.elements.number.addEventListener("input", (event) => {
      if (event.detail !== "chosen") this.choose({ id: "", name: "" });
    });
  }

  async choose({ id, name }) {
    if (this.form.elements.person.value === id) return;
    this.form.elements.person.value = id;
    const who = this.querySelector("[data-who]");
    who.querySelector("bdi").textContent = name;
    who.hidden = !id;
    this.querySelector("[data-new]").hidden = Boolean(id);
    const choices = await fetchFragment(`${this.dataset.tickets}?person=${encodeURIComponent(id)}`);
    if (this.form.elements.person.value === id) this.form.elements.ticket.replaceChildren(choices);
  }
}

customElements.define("call-form", CallForm);

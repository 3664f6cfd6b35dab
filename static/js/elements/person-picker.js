// A form that goes on as soon as somebody has been taken from the list of people.
class PersonPicker extends HTMLElement {
  connectedCallback() {
    this.addEventListener("person-chosen", ({ detail }) => {
      this.querySelector("[data-chosen]").value = detail.id;
      this.querySelector("form").requestSubmit();
    });
    this.querySelector("form").addEventListener("submit", (event) => {
      if (!this.querySelector("[data-chosen]").value) event.preventDefault();
    });
  }
}

customElements.define("person-picker", PersonPicker);

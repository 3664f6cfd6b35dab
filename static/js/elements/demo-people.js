// The people of a demonstration: one click fills in the sign-in form and sends it.
class DemoPeople extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => {
      const button = event.target.closest("[data-email]");
      if (!button) return;
      const form = document.getElementById("sign-in");
      form.elements.email.value = button.dataset.email;
      form.elements.password.value = this.dataset.password;
      if (this.dataset.password) form.requestSubmit();
      else form.elements.password.focus();
    });
  }
}

customElements.define("demo-people", DemoPeople);

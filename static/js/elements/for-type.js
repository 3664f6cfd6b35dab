// Shows the parts of a form that belong to what is chosen: [data-for-type="a b"] stands open while
// the select that `data-by` names holds a or b.
class ForType extends HTMLElement {
  connectedCallback() {
    const select = this.querySelector(`select[name="${this.dataset.by}"]`);
    const parts = [...this.querySelectorAll("[data-for-type]")];
    const judge = () => {
      for (const part of parts) part.hidden = !part.dataset.forType.split(" ").includes(select.value);
    };
    select?.addEventListener("change", judge);
    if (select && !select.disabled) judge();
  }
}

customElements.define("for-type", ForType);

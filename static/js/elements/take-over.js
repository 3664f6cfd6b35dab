// Asks before an agent takes a ticket at which a colleague is: a dialog with who that is.
// It stands in for htmx's own question, so every control that saves the assignee is asked about.
import { FragmentError, fetchFragment } from "../fragments.js";

class TakeOver extends HTMLElement {
  connectedCallback() {
    this.asked = (event) => this.ask(event);
    document.body.addEventListener("htmx:confirm", this.asked);
    this.dialog = this.querySelector("dialog");
  }

  disconnectedCallback() {
    document.body.removeEventListener("htmx:confirm", this.asked);
  }

  async ask(event) {
    const form = event.target.closest?.("form");
    const field = form?.querySelector("[name=assignment]");
    const isMine = field && field.value.split("/")[1] === document.body.dataset.user;
    if (!isMine || !event.detail.path.endsWith("/properties/")) return;
    event.preventDefault();
    const { issueRequest } = event.detail;
    let question = null;
    try {
      question = await fetchFragment(this.dataset.url);
    } catch (error) {
      if (!(error instanceof FragmentError || error instanceof TypeError)) throw error;
    }
    if (!question?.firstElementChild || (await this.answer(question, field)) === "yes") issueRequest(true);
    else this.putBack(field);
  }

  answer(question, field) {
    this.dialog.replaceChildren(question);
    this.dialog.showModal();
    return new Promise((resolve) => {
      this.dialog.onclick = ({ target }) => {
        const button = target.closest("[data-answer]");
        if (button) this.dialog.close(button.dataset.answer);
      };
      this.dialog.onclose = () => {
        field.focus();
        resolve(this.dialog.returnValue);
      };
      this.dialog.returnValue = "no";
    });
  }

  // As the page had it: the choice that the server drew.
  putBack(field) {
    if (field.matches("select")) for (const option of field.options) option.selected = option.defaultSelected;
    else field.value = field.defaultValue;
    field.dispatchEvent(new CustomEvent("put-back", { bubbles: true }));
  }
}

customElements.define("take-over", TakeOver);

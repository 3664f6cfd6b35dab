// The list of keys; what the page itself has keys for is put under the common ones when it opens.
import { commandsOfPage, marksOf } from "../commands.js";

class KeysDialog extends HTMLElement {
  connectedCallback() {
    const dialog = this.querySelector("dialog");
    new MutationObserver(() => dialog.open && this.fill()).observe(dialog, { attributeFilter: ["open"] });
  }

  fill() {
    const here = this.querySelector("[data-keys-here]");
    const listed = new Set([...this.querySelectorAll(".in.keys dd")].map((each) => each.textContent.trim()));
    const commands = commandsOfPage().filter(({ key, words }) => key && !listed.has(words));
    here.hidden = !commands.length;
    here.querySelector("dl").replaceChildren(...commands.flatMap(({ key, words }) => {
      const [term, meaning] = [document.createElement("dt"), document.createElement("dd")];
      term.append(...marksOf(key));
      meaning.textContent = words;
      return [term, meaning];
    }));
  }
}

customElements.define("keys-dialog", KeysDialog);

// <copy-text data-label="Copy">text</copy-text>: a button that puts the text on the clipboard.
import { toast } from "./app-toast.js";

class CopyText extends HTMLElement {
  connectedCallback() {
    if (this.querySelector("button") || !navigator.clipboard) return;
    const text = this.textContent.trim();
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn small-btn";
    button.textContent = this.dataset.label;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(text);
      toast(this.dataset.done);
    });
    this.append(button);
  }
}

customElements.define("copy-text", CopyText);

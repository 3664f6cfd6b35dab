// Looking at files in place: pictures, pages, text, sound. Arrows go through the files of the message;
// Escape closes, and the focus goes back. Without this the links save or open the file.
import { fetchFragment } from "../fragments.js";

class FileViewer extends HTMLElement {
  connectedCallback() {
    this.dialog = this.querySelector("dialog");
    this.body = this.querySelector("[data-body]");
    this.clicked = (event) => this.click(event);
    document.addEventListener("click", this.clicked);
    this.dialog.addEventListener("keydown", (event) => this.pressed(event));
    this.dialog.addEventListener("close", () => {
      this.body.replaceChildren(); // sound stops
      this.links[this.at]?.focus({ preventScroll: true });
    });
  }

  disconnectedCallback() {
    document.removeEventListener("click", this.clicked);
  }

  click(event) {
    if (event.ctrlKey || event.metaKey || event.shiftKey || !event.target.closest) return;
    const link = event.target.closest("a[data-view]");
    if (link) {
      event.preventDefault();
      this.links = [...link.closest(".files").querySelectorAll("a[data-view]")];
      this.show(this.links.indexOf(link));
      return;
    }
    if (!this.contains(event.target)) return;
    const step = event.target.closest("[data-step]");
    if (step) this.show(this.at + Number(step.dataset.step));
    else if (event.target.closest("[data-zoom]")) event.target.closest("[data-zoom]").classList.toggle("full");
    else if (event.target.closest("[data-close]") || event.target === this.dialog) this.dialog.close();
  }

  pressed(event) {
    if (event.target.closest("audio, video")) return;
    const forward = this.matches(":dir(rtl)") ? "ArrowLeft" : "ArrowRight";
    const back = forward === "ArrowRight" ? "ArrowLeft" : "ArrowRight";
    if (event.key === forward) this.show(this.at + 1);
    else if (event.key === back) this.show(this.at - 1);
    else return;
    event.preventDefault();
  }

  async show(at) {
    const link = this.links[at];
    if (!link) return;
    this.at = at;
    this.querySelector("#viewer-name").textContent = link.querySelector("bdi").textContent;
    this.querySelector("[data-place]").textContent = this.links.length > 1 ? `${at + 1} / ${this.links.length}` : "";
    this.querySelector("[data-save]").href = link.href;
    for (const button of this.querySelectorAll("[data-step]")) {
      button.hidden = this.links.length < 2;
      button.disabled = !this.links[at + Number(button.dataset.step)];
    }
    this.body.replaceChildren();
    this.body.setAttribute("aria-busy", "true");
    if (!this.dialog.open) this.dialog.showModal();
    this.body.focus({ preventScroll: true });
    let content;
    try {
      content = await fetchFragment(link.dataset.view);
    } catch {
      content = document.createElement("p");
      content.className = "viewer-note";
      content.textContent = this.dataset.failed;
    }
    if (this.at !== at || !this.dialog.open) return; // somebody went on meanwhile
    this.body.removeAttribute("aria-busy");
    this.body.replaceChildren(content);
    this.body.scrollTop = 0;
  }
}

customElements.define("file-viewer", FileViewer);

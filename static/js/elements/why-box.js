// The answer to a "why?" beside what was asked about. Without this the link opens the same as a page.
// It is a popover: Escape and a click elsewhere close it, and the focus goes back to the link.
import { FragmentError, fetchFragment } from "../fragments.js";

const GAP = 8;

class WhyBox extends HTMLElement {
  connectedCallback() {
    this.asked = (event) => this.ask(event);
    document.addEventListener("click", this.asked);
    this.addEventListener("toggle", (event) => {
      if (event.newState === "closed" && !document.activeElement?.matches("input, textarea, select, button, a")) {
        this.link?.focus({ preventScroll: true });
      }
    });
  }

  disconnectedCallback() {
    document.removeEventListener("click", this.asked);
  }

  ask(event) {
    const link = event.target.closest("a[data-why]");
    if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (!this.contains(link)) this.link = link;
    this.show(link.href);
  }

  async show(url) {
    this.url = url;
    this.setAttribute("aria-busy", "true");
    let answer;
    try {
      answer = await fetchFragment(url);
    } catch (error) {
      if (!(error instanceof FragmentError || error instanceof TypeError)) throw error;
      location.assign(url); // the page says what is wrong
      return;
    }
    if (this.url !== url) return; // something else was asked meanwhile
    this.removeAttribute("aria-busy");
    this.replaceChildren(answer);
    this.showPopover();
    this.place();
    this.scrollTop = 0;
    this.focus({ preventScroll: true });
  }

  // Beside the link where there is room, else below or above it; on a phone it is a sheet (why.css).
  place() {
    this.style.inset = "";
    if (!this.link?.isConnected || window.matchMedia("(max-width: 760px)").matches) return;
    const at = this.link.getBoundingClientRect();
    const box = this.getBoundingClientRect();
    const isBeside = at.right + GAP + box.width < innerWidth && at.right < innerWidth / 2;
    const left = isBeside ? at.right + GAP : Math.min(at.left, innerWidth - box.width - GAP);
    const below = isBeside ? at.top - GAP : at.bottom + GAP;
    const fits = below + box.height + GAP < innerHeight;
    const above = isBeside ? innerHeight - box.height - GAP : at.top - box.height - GAP;
    const top = fits ? below : Math.max(GAP, above);
    this.style.inset = `${top}px auto auto ${Math.max(GAP, left)}px`;
  }
}

customElements.define("why-box", WhyBox);

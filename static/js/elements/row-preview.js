// The last message of a row: after a moment under the mouse, or at once with p or Space for the current
// row; it then follows j and k. It never lies under the pointer and takes no focus.
import { FragmentError, fetchFragment } from "../fragments.js";

const WAIT = 400;
const GAP = 6;

class RowPreview extends HTMLElement {
  connectedCallback() {
    this.list = this.closest("view-list");
    this.isPinned = false; // opened by a key
    this.pressed = (event) => this.key(event);
    document.addEventListener("keydown", this.pressed);
    this.list.addEventListener("pointerover", (event) => this.over(event));
    this.list.addEventListener("pointerleave", () => this.left());
    this.list.addEventListener("pointerdown", () => this.close());
    this.list.addEventListener("focusin", (event) => this.isPinned && this.follow(event.target.closest("tr[data-row]")));
    this.list.querySelector(".scroll")?.addEventListener("scroll", () => this.isPinned || this.close(), { passive: true });
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.pressed);
    clearTimeout(this.timer);
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    if (event.key === "Escape" && this.isOpen()) {
      event.stopImmediatePropagation();
      this.close();
      return;
    }
    if (event.key !== "p" && event.key !== " ") return;
    if (event.target.matches("input, textarea, select, button, summary, [contenteditable]")) return;
    const row = this.list.rows().find((each) => each.contains(document.activeElement)) ?? this.list.querySelector("tr.at");
    if (!row) return;
    event.preventDefault();
    if (this.isPinned && this.row === row) {
      this.close();
      return;
    }
    this.isPinned = true;
    this.show(row);
  }

  over(event) {
    if (event.pointerType !== "mouse" || this.isPinned) return;
    const row = event.target.closest("td.c-subject") && event.target.closest("tr[data-row]");
    if (row && row === this.row) return;
    clearTimeout(this.timer);
    if (this.isOpen()) this.close();
    if (row) this.timer = setTimeout(() => this.show(row, event.clientX), WAIT);
  }

  left() {
    clearTimeout(this.timer);
    if (!this.isPinned) this.close();
  }

  follow(row) {
    if (row && row !== this.row) this.show(row);
  }

  isOpen() {
    return this.matches(":popover-open");
  }

  async show(row, x) {
    this.row = row;
    let answer;
    try {
      answer = await fetchFragment(this.dataset.url.replace("/0/", `/${row.dataset.row}/`));
    } catch (error) {
      if (!(error instanceof FragmentError || error instanceof TypeError)) throw error;
      this.close();
      return;
    }
    if (this.row !== row) return; // gone on meanwhile
    this.replaceChildren(answer);
    this.showPopover();
    this.place(row, x);
  }

  // Below the row, else above it: beside what is pointed at, never on it.
  place(row, x) {
    const at = row.getBoundingClientRect();
    const box = this.getBoundingClientRect();
    const start = x ?? row.querySelector(".c-subject").getBoundingClientRect().left;
    const left = Math.max(GAP, Math.min(start, innerWidth - box.width - GAP));
    const fits = at.bottom + GAP + box.height < innerHeight;
    const top = fits ? at.bottom + GAP : Math.max(GAP, at.top - box.height - GAP);
    this.style.inset = `${top}px auto auto ${left}px`;
  }

  close() {
    clearTimeout(this.timer);
    this.row = null;
    this.isPinned = false;
    if (this.isOpen()) this.hidePopover();
  }
}

customElements.define("row-preview", RowPreview);

// Choosing rows of a list (boxes, x, Shift) and the bar that changes all chosen tickets together.
import { fetchFragment } from "../fragments.js";

const kept = new Map(); // view → what is chosen there, while the list is drawn anew

class BulkBar extends HTMLElement {
  connectedCallback() {
    this.list = this.closest("view-list");
    this.dialog = this.querySelector("dialog");
    this.chosen = kept.get(this.list.dataset.view) ?? new Set();
    kept.set(this.list.dataset.view, this.chosen);
    this.anchor = null;
    this.pressed = (event) => this.key(event);
    document.addEventListener("keydown", this.pressed);
    this.list.addEventListener("click", (event) => this.clickedRow(event), true);
    this.list.addEventListener("change", (event) => this.changed(event));
    this.list.addEventListener("rows-changed", () => this.show());
    this.addEventListener("click", (event) => this.clicked(event));
    this.dialog.addEventListener("submit", (event) => this.submit(event));
    this.dialog.addEventListener("click", (event) => event.target.closest("[data-close]") && this.dialog.close());
    this.dialog.addEventListener("close", () => this.backToList());
    this.show();
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.pressed);
  }

  // Choosing

  key(event) {
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (!isPlain || document.querySelector("dialog[open]") || isWriting(event.target)) return;
    const row = this.current();
    if (event.key === "x" && row) this.toggle(row);
    else if (event.key === "X") this.chooseShown(!this.areAllShown());
    else if ((event.key === "J" || event.key === "K") && row) this.extend(row, event.key === "J" ? 1 : -1);
    else if (event.key === "Escape" && this.chosen.size && !document.querySelector("details.menu[open], [popover]:popover-open")) this.clear();
    else return;
    event.preventDefault();
  }

  current() {
    return this.list.rows().find((row) => row.contains(document.activeElement)) ?? this.list.querySelector("tr.at");
  }

  toggle(row) {
    this.set(row.dataset.row, !this.chosen.has(row.dataset.row));
    this.anchor = row.dataset.row;
    this.show();
  }

  extend(row, step) {
    const rows = this.list.rows();
    const next = rows[rows.indexOf(row) + step];
    this.set(row.dataset.row, true);
    if (next) {
      this.set(next.dataset.row, true);
      for (const each of rows) each.classList.toggle("at", each === next);
      next.querySelector("[data-open]").focus({ preventScroll: true });
      next.scrollIntoView({ block: "nearest" });
    }
    this.show();
  }

  clickedRow(event) {
    const row = event.target.closest("tr[data-row]");
    if (!row || !event.shiftKey || !event.target.closest("[data-pick], label, [data-open]")) return;
    event.preventDefault();
    const rows = this.list.rows();
    const from = Math.max(0, rows.findIndex((each) => each.dataset.row === this.anchor));
    const to = rows.indexOf(row);
    for (const each of rows.slice(Math.min(from, to), Math.max(from, to) + 1)) this.set(each.dataset.row, true);
    this.anchor = row.dataset.row;
    setTimeout(() => this.show()); // after the box has gone back to what it was
  }

  changed({ target }) {
    if (target.matches("[data-pick-all]")) this.chooseShown(target.checked);
    if (!target.matches("[data-pick]")) return;
    this.anchor = target.value;
    this.set(target.value, target.checked);
    this.show();
  }

  chooseShown(isOn) {
    for (const row of this.list.rows()) this.set(row.dataset.row, isOn);
    this.show();
  }

  areAllShown() {
    return this.list.rows().every((row) => this.chosen.has(row.dataset.row));
  }

  async chooseAll() {
    const response = await fetch(this.dataset.ids, { credentials: "same-origin" });
    if (!response.ok) return;
    for (const id of (await response.json()).ids) this.set(String(id), true);
    this.show();
  }

  set(number, isOn) {
    if (isOn) this.chosen.add(number);
    else this.chosen.delete(number);
  }

  clear() {
    this.chosen.clear();
    this.show();
  }

  show() {
    const n = this.chosen.size;
    const rows = this.list.rows();
    for (const row of rows) {
      const isChosen = this.chosen.has(row.dataset.row);
      row.classList.toggle("chosen", isChosen);
      const box = row.querySelector("[data-pick]");
      if (box) box.checked = isChosen;
    }
    const shown = rows.filter((row) => this.chosen.has(row.dataset.row)).length;
    const head = this.list.querySelector("[data-pick-all]");
    if (head) {
      head.checked = shown > 0 && shown === rows.length;
      head.indeterminate = n > 0 && !head.checked;
    }
    this.hidden = n === 0;
    this.list.classList.toggle("is-choosing", n > 0);
    this.querySelector("[data-count]").textContent = n === 1 ? this.dataset.one : this.dataset.many.replace("NUMBER", n.toLocaleString());
    const all = this.querySelector("[data-all]");
    all.hidden = !(all.dataset.more !== undefined && rows.length && shown === rows.length && n === shown);
  }

  // Changing

  clicked(event) {
    const button = event.target.closest("button");
    if (!button || this.dialog.contains(button)) return;
    if (button.matches("[data-clear]")) this.clear();
    else if (button.matches("[data-all]")) this.chooseAll();
    else if (button.dataset.what) this.open(button.dataset.what, button.dataset.focus ?? "");
  }

  async open(what, focus) {
    const menu = this.querySelector("details[open]");
    if (menu) menu.open = false;
    const url = new URL(this.dataset.form.replace("WHAT", what), location.href);
    url.searchParams.set("ids", [...this.chosen].slice(0, 1001).join(","));
    url.searchParams.set("focus", focus);
    this.dialog.replaceChildren(await fetchFragment(url));
    this.dialog.querySelector("[name=ids]").value = [...this.chosen].join(",");
    this.dialog.showModal();
    this.dialog.querySelector("[autofocus]")?.focus();
  }

  async submit(event) {
    event.preventDefault();
    const form = event.target;
    const button = form.querySelector("button.primary");
    button.disabled = true;
    let answer = { error: this.dataset.failed };
    let isOk = false;
    try {
      const headers = { Accept: "application/json", "HX-Request": "true" };
      const response = await fetch(form.action, { method: "POST", body: new FormData(form), headers, credentials: "same-origin" });
      isOk = response.ok;
      answer = await response.json();
    } catch (error) {
      if (!(error instanceof TypeError || error instanceof SyntaxError)) throw error;
    }
    button.disabled = false;
    if (!isOk) {
      this.refuse(form, answer.error ?? this.dataset.failed);
      return;
    }
    this.clear();
    this.dialog.close();
    document.dispatchEvent(new CustomEvent("bulk-begun", { detail: answer }));
  }

  refuse(form, words) {
    const notice = form.querySelector("[data-error]");
    notice.lastElementChild.textContent = words;
    notice.hidden = false;
    notice.scrollIntoView({ block: "nearest" });
  }

  backToList() {
    (this.list.querySelector("tr.at [data-open]") ?? this.list.querySelector("[data-open]"))?.focus({ preventScroll: true });
  }
}

function isWriting(element) {
  return element.matches("input:not([type=checkbox]), textarea, select, [contenteditable]");
}

customElements.define("bulk-bar", BulkBar);

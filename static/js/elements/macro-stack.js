// The macros applied to a reply, in order: chips over the text, and the way back for each of them.
import { fetchFragment } from "../fragments.js";
import { toast } from "./app-toast.js";
import { say } from "../words.js";

export class MacroStack {
  constructor(picker) {
    this.picker = picker;
    this.form = picker.form;
    this.rich = picker.rich;
    this.place = this.form.querySelector("[data-macro-chips]");
    this.entries = [];
    this.place.addEventListener("click", (event) => {
      const button = event.target.closest("[data-take-off]");
      if (button) this.takeOff([...this.place.children].indexOf(button.closest("li")));
    });
  }

  get values() {
    return this.entries.map((entry) => entry.macro);
  }

  get recipients() {
    return this.form.querySelector("recipient-field");
  }

  get files() {
    return this.form.querySelector("file-drop");
  }

  // What a draft keeps of it.
  get state() {
    return this.entries.map(({ macro, texts, uploads, filled }) => ({ macro, texts, uploads, filled, isKept: true }));
  }

  // Whether the text is as the last macro has left it.
  get isUntouched() {
    const last = this.entries.at(-1);
    return Boolean(last) && !last.isKept && this.rich.editor.html === last.after.html;
  }

  // The inputs as they were before the macros, wherever nobody has changed them since.
  get fields() {
    const values = new Map(this.picker.named("fields").map((name) => [name, this.form.elements[name].value]));
    for (const { filled } of [...this.entries].reverse()) {
      for (const [name, { before, after }] of Object.entries(filled ?? {})) {
        if (values.get(name) === after) values.set(name, before);
      }
    }
    return [...values];
  }

  async restore(state) {
    this.entries = state;
    if (state.length) await this.redraw();
  }

  clear() {
    this.entries = [];
    this.place.replaceChildren();
    this.showStatus();
  }

  // Puts the answer of the server into the form and remembers how the form was.
  put(answer) {
    const { editor } = this.rich;
    const before = { snapshot: editor.snapshot(), kind: this.form.elements.kind?.value };
    for (const { mode, html } of answer.pieces) {
      if (mode === "set") editor.replaceAll(html);
      else if (mode === "prepend") editor.insertParagraphs(html, "start");
      else editor.insertFitting(html);
    }
    this.rich.focus();
    if (answer.kind) this.setKind(answer.kind);
    const ccs = this.recipients?.input ? answer.ccs.filter((each) => !this.recipients.addresses.includes(each)) : [];
    for (const address of ccs) this.recipients.add(address);
    this.files?.restore(answer.uploads);
    const filled = this.fill(answer.fields ?? {});
    this.entries.push({
      filled, macro: answer.macro, texts: answer.texts, replaces: answer.replaces, uploads: answer.uploads,
      ccs, before, after: { html: editor.html, kind: this.form.elements.kind?.value },
    });
    this.draw(answer.chips);
    this.picker.changed();
  }

  // Puts values into inputs; what a list does not offer stays as it was.
  fill(fields) {
    const filled = {};
    for (const [name, value] of Object.entries(fields)) {
      const input = this.form.elements[name];
      if (!input || input.value === value) continue;
      const before = input.value;
      input.value = value;
      if (input.value === value) filled[name] = { before, after: value };
      else input.value = before;
      if (filled[name]) heard(input);
    }
    return filled;
  }

  empty(filled) {
    for (const [name, { before, after }] of Object.entries(filled)) {
      const input = this.form.elements[name];
      if (input?.value !== after) continue;
      input.value = before;
      heard(input);
    }
  }

  takeOffLast() {
    this.takeOff(this.entries.length - 1);
  }

  async takeOff(index) {
    const entry = this.entries[index];
    if (!entry) return;
    const isLast = index === this.entries.length - 1;
    if (isLast && this.isUntouched) {
      this.rich.editor.restore(entry.before.snapshot);
    } else {
      this.cutTexts(entry);
    }
    if (entry.after && this.form.elements.kind?.value === entry.after.kind) this.setKind(entry.before.kind);
    this.removeCcs(entry.ccs ?? []);
    this.empty(entry.filled ?? {});
    this.files?.drop(entry.uploads.map((each) => each.id));
    this.entries.splice(index, 1);
    for (const later of this.entries.slice(index)) later.isKept = true; // their way back has changed
    this.picker.changed();
    this.rich.focus();
    await this.redraw();
  }

  // Its text goes where it stands unchanged; what somebody has edited since is theirs.
  cutTexts(entry) {
    for (const text of [...entry.texts].reverse()) {
      if (!entry.replaces && this.rich.editor.takeOut(text)) continue;
      toast(say("macro-text-stays"));
      return;
    }
  }

  removeCcs(addresses) {
    for (const item of [...(this.recipients?.list?.children ?? [])]) {
      if (addresses.includes(item.querySelector("input")?.value)) item.remove();
    }
  }

  setKind(kind) {
    const radio = [...this.form.querySelectorAll('[name="kind"]')].find((each) => each.value === kind);
    if (radio) radio.checked = true;
    this.form.closest("ticket-composer")?.showSubmit?.();
  }

  async redraw() {
    if (!this.entries.length) return this.clear();
    const query = new URLSearchParams([...this.values.map((value) => ["macro", value]), ...this.fields]);
    try {
      const chips = await fetchFragment(`${this.picker.dataset.chips}?${query}`);
      this.place.replaceChildren(...chips.children);
      this.showStatus();
    } catch (error) {
      if (error.status !== 409) return;
      this.clear();
      toast("A macro of this draft does not exist any more; only its text is left.");
    }
  }

  draw(markup) {
    const holder = document.createElement("template");
    holder.innerHTML = markup;
    this.place.replaceChildren(...holder.content.children);
    this.showStatus();
  }

  // The submit button says, and does, what the macros want.
  showStatus() {
    const button = this.form.querySelector("[data-submit][name=status]");
    if (!button) return;
    button.dataset.own ??= JSON.stringify([button.value, button.dataset.word ?? "", button.textContent]);
    const chip = this.place.lastElementChild;
    const [value, word, words] = JSON.parse(button.dataset.own);
    button.isDirty = Boolean(chip?.dataset.status);
    button.value = chip?.dataset.status || value;
    if (button.dataset.asPublic) button.dataset.word = chip?.dataset.statusLabel || word;
    else button.textContent = chip?.dataset.status ? `${this.picker.dataset.submitAs ?? "Submit as"} ${chip.dataset.statusLabel}` : words;
    if (!button.isDirty) delete button.dataset.own;
    this.form.closest("ticket-composer")?.showSubmit?.();
  }
}

// A list that decides which other fields there are asks the server for them.
function heard(input) {
  if (input.hasAttribute("hx-trigger")) input.dispatchEvent(new Event("change", { bubbles: true }));
}

// The text area as it is, with the editor's verbs: for when the editor could not be loaded.
import { fragmentOf, textOf } from "./clean.js";

export class PlainText {
  constructor(area, { changed }) {
    this.area = area;
    this.changed = changed;
  }

  get html() {
    return "";
  }

  get text() {
    return this.area.value;
  }

  get raw() {
    return this.area.value;
  }

  get isEmpty() {
    return !this.area.value.trim();
  }

  setHtml(html) {
    this.area.value = asText(html);
  }

  focus() {
    this.area.focus();
  }

  toEnd() {
    this.area.setSelectionRange(this.area.value.length, this.area.value.length);
  }

  undo() {}

  insert(html) {
    this.area.setRangeText(asText(html), this.area.selectionStart, this.area.selectionEnd, "end");
    this.changed();
  }

  insertParagraphs(html, at = "cursor") {
    const text = asText(html);
    if (at === "cursor") return this.insert(this.area.value.slice(0, this.area.selectionStart).trim() ? `<p></p>\n\n${text}` : text);
    this.area.value = (at === "start" ? [text, this.area.value] : [this.area.value, text]).filter(Boolean).join("\n\n");
    return this.changed();
  }

  insertFitting(html) {
    this.insertParagraphs(html);
  }

  replaceAll(html) {
    this.setHtml(html);
    this.changed();
  }

  snapshot() {
    return this.area.value;
  }

  restore(snapshot) {
    this.area.value = snapshot;
    this.changed();
  }

  isIn() {
    return false;
  }

  textBefore() {
    return null;
  }

  lineBefore() {
    return null;
  }

  takeOut(text) {
    const at = this.area.value.lastIndexOf(text);
    if (at < 0) return false;
    this.area.value = (this.area.value.slice(0, at) + this.area.value.slice(at + text.length)).trim();
    this.changed();
    return true;
  }

  states() {
    return {};
  }

  format() {}
}

function asText(html) {
  const holder = document.createElement("div");
  holder.append(fragmentOf(html));
  return textOf(holder);
}

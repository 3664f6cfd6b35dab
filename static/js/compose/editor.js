// Squire (Fastmail's editor, see docs/adr) behind the few verbs that the composer needs. Nothing else
// here knows which editor it is.
import Squire from "../../vendor/squire/squire.mjs";
import { blocksOf, line, partOf } from "./blocks.js";
import { forSending, fragmentOf, isEmpty, textOf, uploadOf } from "./clean.js";

const ZERO_WIDTH = "\u200B";
const FORMATS = { bold: "B", italic: "I", strike: "S" };

export class Editor {
  constructor(root, { html, uploadUrl, changed, pathChanged }) {
    this.root = root;
    this.uploadUrl = uploadUrl;
    this.sources = new Map(); // address of an image → number of its upload
    this.squire = new Squire(root, {
      blockTag: "DIV",
      addLinks: true,
      sanitizeToDOMFragment: (text) => this.fragment(text),
      didError: (error) => console.error(error),
      undo: { documentSizeThreshold: 500_000, undoLimit: 40 },
    });
    this.squire._imageResizer.destroy(); // it needs style attributes, which the pages' policy refuses
    for (const key of ["PageUp", "PageDown", "Ctrl-[", "Ctrl-]", "Ctrl-d", "Meta-d"]) this.squire.setKeyHandler(key, null);
    this.squire.setKeyHandler("Shift-Enter", (_, event, range) => this.breakLine(event, range));
    this.setHtml(html);
    this.squire.addEventListener("input", () => changed());
    this.squire.addEventListener("pathChange", () => pathChanged());
    this.squire.addEventListener("select", () => pathChanged());
  }

  fragment(html) {
    return fragmentOf(html, { imageOf: (image) => this.image(image) });
  }

  // An image of ours, shown from where it was put; a foreign one stays away: nothing is fetched here.
  image(given) {
    const id = uploadOf(given) ?? this.sources.get(given.getAttribute("src"));
    if (!id) return null;
    const image = document.createElement("img");
    image.dataset.upload = id;
    image.src = `${this.uploadUrl}${id}/`;
    image.alt = given.getAttribute("alt") ?? "";
    return image;
  }

  get html() {
    if (isEmpty(this.root)) return "";
    for (const image of this.root.querySelectorAll("img:not([data-upload])")) {
      if (this.sources.has(image.src)) image.dataset.upload = this.sources.get(image.src);
    }
    return forSending(this.root);
  }

  get text() {
    return textOf(this.root);
  }

  get isEmpty() {
    return isEmpty(this.root);
  }

  get raw() {
    return this.root.innerHTML;
  }

  setHtml(html) {
    this.squire.setHTML(html || "");
  }

  focus() {
    this.squire.focus();
  }

  toEnd() {
    this.squire.moveCursorToEnd();
  }

  undo() {
    this.squire.undo();
  }

  // At the cursor, in the line.
  insert(html) {
    this.squire.insertHTML(html);
  }

  // Before the text, after it, or where the cursor is: as paragraphs of its own, with a line between.
  insertParagraphs(html, at = "cursor") {
    this.squire.saveUndoState();
    const blocks = blocksOf(this.fragment(html));
    if (!blocks.length) return;
    const here = at === "start" ? null : this.splitAtCursor(at === "end");
    if (here) here.after(...blocks);
    else this.root.prepend(...blocks);
    const above = here?.previousElementSibling;
    if (here && !isEmpty(here)) here.after(line());
    else if (here && (!above || isEmpty(above))) here.remove();
    const last = blocks.at(-1);
    const next = last.nextElementSibling;
    if (next && !isEmpty(next)) last.after(line());
    for (const block of blocks) if (!block.childNodes.length) block.append(document.createElement("br"));
    if (at === "start") return;
    const isOpen = last.nodeName !== "DIV"; // what is typed next is not part of a quote or a list
    if (isOpen && !(next && isEmpty(next))) last.after(line());
    this.putCursorAtEndOf(isOpen ? last.nextElementSibling : last);
  }

  // A macro's text at the cursor: in the line when it is one itself, else as paragraphs.
  insertFitting(html) {
    const fragment = this.fragment(html);
    const isOneLine = fragment.children.length <= 1 && !fragment.querySelector("br, ul, ol, pre, blockquote, table");
    const range = this.squire.getSelection();
    const block = this.blockOf(range.endContainer);
    if (isOneLine && block?.nodeName === "DIV") {
      const before = document.createRange();
      before.setStart(block, 0);
      before.setEnd(range.startContainer, range.startOffset);
      const after = document.createRange();
      after.setStart(range.endContainer, range.endOffset);
      after.setEnd(block, block.childNodes.length);
      if (after.toString().trim() || /[ \u00A0]$/.test(before.toString())) {
        const only = fragment.firstElementChild;
        return this.insert(only ? only.innerHTML : html);
      }
    }
    return this.insertParagraphs(html);
  }

  replaceAll(html) {
    this.squire.saveUndoState();
    this.root.replaceChildren(...blocksOf(this.fragment(html)));
    if (!this.root.firstElementChild) this.root.append(line());
    this.toEnd();
  }

  // Text and cursor as they are, and the way back to them.
  snapshot() {
    return this.squire.getHTML(true);
  }

  restore(snapshot) {
    this.squire.saveUndoState();
    this.squire._setRawHTML(snapshot);
    const range = this.squire._getRangeAndRemoveBookmark();
    if (range) this.squire.setSelection(range);
  }

  // The line with the cursor, cut off behind it; lists and quotes are not cut.
  splitAtCursor(isAtEnd) {
    if (isAtEnd) return this.root.lastElementChild;
    const range = this.squire.getSelection();
    const block = this.blockOf(range.endContainer);
    if (!block || block.nodeName !== "DIV") return block ?? this.root.lastElementChild;
    const behind = document.createRange();
    behind.setStart(range.endContainer, range.endOffset);
    behind.setEnd(block, block.childNodes.length);
    if (behind.toString().trim()) {
      const rest = line([...behind.extractContents().childNodes]);
      block.after(rest);
    }
    const tail = block.lastChild;
    if (tail?.nodeType === Node.TEXT_NODE) tail.data = tail.data.replace(/[ \u00A0]+$/, "");
    return block;
  }

  // A break that ends its block shows no new line: there it gets a second one, and the cursor stands between.
  breakLine(event, range) {
    event.preventDefault();
    this.squire.splitBlock(true, range);
    const here = this.squire.getSelection();
    const block = partOf(here.endContainer);
    const rest = document.createRange();
    rest.setStart(here.endContainer, here.endOffset);
    rest.setEnd(block, block.childNodes.length);
    const after = rest.cloneContents();
    if (after.textContent || after.querySelector("br, img")) return;
    const end = document.createElement("br");
    here.insertNode(end);
    here.setStartBefore(end);
    here.collapse(true);
    this.squire.setSelection(here);
  }

  // The child of the text's root that a place is in.
  blockOf(node) {
    let block = node;
    while (block && block.parentNode !== this.root) block = block.parentNode;
    return block;
  }

  putCursorAtEndOf(block) {
    const range = document.createRange();
    let end = block;
    while (end.lastChild && end.lastChild.nodeName !== "BR") end = end.lastChild;
    range.setStart(end, end.nodeType === Node.TEXT_NODE ? end.length : 0);
    range.collapse(true);
    this.squire.setSelection(range);
  }

  // The letters before the cursor in its piece of text: where shortcuts and completion look. `shift`
  // counts the invisible ones that are left out.
  textBefore() {
    const range = this.squire.getSelection();
    let node = range?.startContainer;
    let offset = range?.startOffset;
    if (node?.nodeType === Node.ELEMENT_NODE) {
      node = node.childNodes[offset - 1]; // the cursor stands behind a text, not in it
      offset = node?.length;
    }
    if (!range?.collapsed || node?.nodeType !== Node.TEXT_NODE) return null;
    const raw = node.data.slice(0, offset);
    const text = raw.replaceAll(ZERO_WIDTH, "").replace(/\u00A0/g, " ");
    return { node, offset, text, shift: raw.length - text.length };
  }

  // What stands in the line before the cursor.
  lineBefore() {
    const range = this.squire.getSelection();
    if (!range?.collapsed) return null;
    const node = range.startContainer;
    const block = partOf(node);
    if (!block || block === this.root || block.nodeName !== "DIV") return null;
    const before = document.createRange();
    before.setStart(block, 0);
    before.setEnd(range.startContainer, range.startOffset);
    return { range: before, block, text: before.toString().replaceAll(ZERO_WIDTH, "") };
  }

  // Empties the line up to the cursor; one undo gives it back.
  emptyLine() {
    this.squire.saveUndoState(); // it parts texts and joins them again: places are looked up behind it
    const { range, block } = this.lineBefore();
    range.deleteContents();
    if (isEmpty(block)) block.replaceChildren(document.createElement("br"));
    const start = document.createRange();
    start.setStart(block, 0);
    this.squire.setSelection(start);
  }

  // Puts html in the place of the last letters before the cursor; one undo gives them back. What is
  // typed next stands behind.
  replaceLast(count, html) {
    this.squire.saveUndoState(); // as above
    const { node, offset } = this.textBefore();
    const range = document.createRange();
    range.setStart(node, Math.max(offset - count, 0));
    range.setEnd(node, offset);
    range.deleteContents();
    const fragment = this.fragment(html);
    const last = fragment.lastChild;
    if (last) {
      const isText = last.nodeType === Node.TEXT_NODE;
      const behind = isText ? last : document.createTextNode(ZERO_WIDTH);
      if (!isText) fragment.append(behind);
      range.insertNode(fragment);
      range.setStart(behind, behind.length);
      range.collapse(true);
    } else if (isEmpty(node.parentNode) && node.parentNode.nodeName === "DIV") {
      const block = node.parentNode;
      block.replaceChildren(document.createElement("br"));
      range.setStart(block, 0);
      range.collapse(true);
    }
    this.squire.setSelection(range);
  }

  isIn(tag) {
    return this.squire.hasFormat(tag);
  }

  states() {
    return {
      bold: this.isIn("B"), italic: this.isIn("I"), strike: this.isIn("S"), link: this.isIn("A"),
      list: this.isIn("UL"), numbers: this.isIn("OL"), quote: this.isIn("BLOCKQUOTE"),
      code: this.isIn("PRE") || this.isIn("CODE"),
    };
  }

  format(name) {
    const { squire } = this;
    if (FORMATS[name]) {
      const tag = FORMATS[name];
      return this.isIn(tag) ? squire.changeFormat(null, { tag }) : squire.changeFormat({ tag });
    }
    const isOn = this.states()[name];
    if (name === "list") return isOn ? squire.removeList() : squire.makeUnorderedList();
    if (name === "numbers") return isOn ? squire.removeList() : squire.makeOrderedList();
    if (name === "quote") return isOn ? squire.decreaseQuoteLevel() : squire.increaseQuoteLevel();
    if (name === "code") return squire.toggleCode();
    return null;
  }

  get link() {
    const range = this.squire.getSelection();
    const node = range.commonAncestorContainer;
    const link = (node.nodeType === Node.TEXT_NODE ? node.parentNode : node).closest("a");
    return { address: link?.getAttribute("href") ?? "", words: this.squire.getSelectedText() || link?.textContent || "" };
  }

  setLink(address, words) {
    const range = this.squire.getSelection();
    if (!address) return this.squire.removeLink();
    if (!range.collapsed || this.isIn("A")) return this.squire.makeLink(address);
    const link = document.createElement("a");
    link.setAttribute("href", address);
    link.textContent = words || address;
    return this.insert(`${link.outerHTML}&nbsp;`);
  }

  // An image at the cursor at once; `arrived` gives it its number, `failed` takes it away again.
  showImage(file) {
    const url = URL.createObjectURL(file);
    const image = this.squire.insertImage(url, { alt: file.name });
    image.classList.add("going-up");
    return {
      arrived: (id) => {
        this.sources.set(url, String(id));
        for (const each of this.root.querySelectorAll("img")) {
          if (each.src !== url) continue;
          each.dataset.upload = id;
          each.classList.remove("going-up");
        }
      },
      failed: () => this.root.querySelectorAll("img").forEach((each) => each.src === url && each.remove()),
    };
  }

  // Takes a text out again wherever it stands unchanged. Returns whether it was found.
  takeOut(text) {
    this.squire.saveUndoState();
    const wanted = text.replace(/\s+/g, " ").trim();
    const pieces = [];
    let all = "";
    const walker = document.createTreeWalker(this.root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (node.nodeType === Node.ELEMENT_NODE) {
        if (/^(?:DIV|LI|BR|PRE|BLOCKQUOTE)$/.test(node.nodeName) && !all.endsWith(" ")) all += " ";
        continue;
      }
      for (let at = 0; at < node.length; at += 1) {
        const letter = /\s/.test(node.data[at]) ? " " : node.data[at];
        if (letter === ZERO_WIDTH || (letter === " " && all.endsWith(" "))) continue;
        pieces[all.length] = { node, at };
        all += letter;
      }
    }
    const start = wanted ? all.lastIndexOf(wanted) : -1;
    if (start < 0) return false;
    const first = pieces[start];
    const last = pieces[start + wanted.length - 1];
    const range = document.createRange();
    range.setStart(first.node, first.at);
    range.setEnd(last.node, last.at + 1);
    const block = this.blockOf(first.node);
    range.deleteContents();
    for (const each of [block, ...this.followers(block)]) if (isEmpty(each)) each.remove();
    if (!this.root.firstElementChild) this.root.append(line());
    this.toEnd();
    return true;
  }

  // The empty lines after a block, up to the next text.
  followers(block) {
    const found = [];
    for (let next = block.nextElementSibling; next && isEmpty(next); next = next.nextElementSibling) found.push(next);
    return found;
  }
}

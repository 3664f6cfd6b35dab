// A text area that becomes an editor. The area stays in the form, always with the text as it reads;
// beside it goes the html. Without scripts, or when the editor cannot be loaded, the area is all.
import { PlainText } from "../compose/plain.js";

class RichText extends HTMLElement {
  connectedCallback() {
    if (this.ready) return;
    this.area = this.querySelector("textarea");
    this.form = this.closest("form");
    this.editor = new PlainText(this.area, { changed: () => this.changed() });
    this.ready = this.load();
  }

  get kind() {
    return this.form.elements.kind?.value ?? "";
  }

  async load() {
    try {
      const [{ Editor }, { Completion }, { sourcesFor }, { Toolbar }, markdown] = await Promise.all([
        import("../compose/editor.js"), import("../compose/completion.js"),
        import("../compose/sources.js"), import("../compose/toolbar.js"), import("../compose/markdown.js"),
      ]);
      this.markdown = markdown;
      this.upgrade(Editor);
      this.completion = new Completion(this, sourcesFor(this));
      this.toolbar = new Toolbar(this);
    } catch (error) {
      console.error(error);
    }
    return this;
  }

  upgrade(Editor) {
    const { area } = this;
    const isFocused = document.activeElement === area;
    const text = area.value;
    const label = area.labels[0]?.textContent ?? "";
    this.root = document.createElement("div");
    this.root.id = area.id;
    area.id = `${area.id}-text`;
    this.root.className = `${area.className} rich-area`;
    for (const [name, value] of Object.entries({
      role: "textbox", "aria-multiline": "true", "aria-label": label, dir: "auto",
      spellcheck: "true", "aria-autocomplete": "list",
    })) this.root.setAttribute(name, value);
    if (area.required) this.root.setAttribute("aria-required", "true");
    this.root.dataset.placeholder = area.placeholder;
    this.field = document.createElement("input");
    this.field.type = "hidden";
    this.field.name = "html";
    area.after(this.root, this.field);
    area.hidden = true;
    area.required = false; // a hidden field cannot say what is missing; the server does
    this.editor = new Editor(this.root, {
      html: this.dataset.html || asHtml(text), uploadUrl: this.dataset.uploads,
      changed: () => this.changed(), pathChanged: () => this.toolbar?.show(),
    });
    this.sync();
    this.addEventListener("keydown", (event) => this.pressed(event), { capture: true });
    this.root.addEventListener("input", (event) => this.typed(event));
    this.root.addEventListener("compositionend", () => this.completion?.look());
    this.root.addEventListener("blur", () => this.completion?.isForced || this.completion?.close());
    for (const type of ["click", "keyup"]) this.root.addEventListener(type, (event) => this.moved(event));
    if (isFocused) {
      this.editor.focus();
      this.editor.toEnd();
    }
  }

  // The form's fields follow the text at once: whoever reads them reads what is there.
  sync() {
    this.root.toggleAttribute("data-empty", this.editor.isEmpty && !this.root.querySelector("ul, ol, blockquote, pre"));
    this.area.value = this.editor.text;
    this.field.value = this.editor.html;
  }

  changed() {
    if (this.field) this.sync();
    this.area.dispatchEvent(new Event("input", { bubbles: true }));
  }

  pressed(event) {
    if (event.isComposing || !this.root.contains(event.target)) return;
    const isTaken = this.completion?.pressed(event) || this.pressedShortcut(event);
    if (!isTaken) return;
    event.preventDefault();
    event.stopPropagation();
  }

  pressedShortcut(event) {
    const hasModifier = event.ctrlKey || event.metaKey || event.altKey;
    if (!hasModifier && !event.shiftKey && (event.key === " " || event.key === "Enter")) {
      return this.markdown.openBlock(this.editor, event.key);
    }
    if ((event.ctrlKey || event.metaKey) && event.shiftKey && event.code === "KeyK") {
      this.toolbar.askLink();
      return true;
    }
    return false;
  }

  typed(event) {
    if (event.isComposing) return;
    const isLetter = event.inputType?.startsWith("insert") && event.data?.length === 1;
    if (isLetter && this.markdown.closeInline(this.editor, event.data)) return;
    this.completion?.look();
  }

  // The cursor went elsewhere by mouse or arrow: what is offered belongs to where it was.
  moved(event) {
    if (event.type === "keyup" && !/^(?:Arrow|Home|End)/.test(event.key)) return;
    if (this.completion?.isOpen && !/^Arrow(?:Up|Down)$/.test(event.key ?? "") && !this.completion.source?.columns) this.completion.look();
  }

  // Where the cursor is on the screen.
  cursor() {
    const selection = getSelection();
    const range = selection.rangeCount && this.root.contains(selection.anchorNode) ? selection.getRangeAt(0) : null;
    const box = range?.getClientRects()[0] ?? range?.startContainer.parentElement?.getBoundingClientRect();
    return box && (box.top || box.bottom) ? box : this.root.getBoundingClientRect();
  }

  // What other parts of the page hand over: html, or a text.
  insert({ html, text }) {
    this.editor.insertParagraphs(html || asHtml(text ?? ""));
    this.focus();
  }

  setHtml(html) {
    this.editor.setHtml(html);
    this.changed();
  }

  focus() {
    this.editor.focus();
  }

  toEnd() {
    this.editor.toEnd();
  }

  disconnectedCallback() {
    this.completion?.destroy();
  }
}

// Plain text as lines: what the area held, and what others hand over as text.
export function asHtml(text) {
  const holder = document.createElement("div");
  for (const paragraph of text.replace(/\r\n/g, "\n").split(/\n{2,}/)) {
    const made = document.createElement("p");
    for (const [at, each] of paragraph.split("\n").entries()) {
      if (at) made.append(document.createElement("br"));
      made.append(each);
    }
    holder.append(made);
  }
  return text.trim() ? holder.innerHTML : "";
}

customElements.define("rich-text", RichText);

// Writing an article as it will look. The text area stays in the form and holds the HTML; without scripts, or when
// the editor cannot be loaded, it is all there is. What is saved is made inert by the server in any case.
const KEPT = new Set([
  "P", "DIV", "BR", "H2", "H3", "H4", "UL", "OL", "LI", "A", "B", "STRONG", "I", "EM", "U", "S", "CODE", "PRE",
  "BLOCKQUOTE", "TABLE", "THEAD", "TBODY", "TR", "TD", "TH", "HR", "SUB", "SUP", "IMG",
]);
const ATTRIBUTES = { A: ["href"], TD: ["colspan", "rowspan"], TH: ["colspan", "rowspan"], OL: ["start"], IMG: ["src", "alt", "width", "height", "data-cid", "data-remote-src"] };
const GONE = "script, style, template, iframe, object, svg, math, head, meta, link";

class ArticleEditor extends HTMLElement {
  connectedCallback() {
    if (this.area) return;
    this.area = this.querySelector("textarea");
    this.box = this.querySelector("[data-editor]");
    this.page = this.querySelector("[data-page]");
    this.linkRow = this.querySelector("[data-link]");
    this.address = this.querySelector("[data-link-address]");
    this.load().catch((error) => console.error(error));
  }

  async load() {
    const { default: Squire } = await import("../../vendor/squire/squire.mjs");
    this.squire = new Squire(this.page, {
      blockTag: "P", addLinks: true, sanitizeToDOMFragment: (html) => clean(html), didError: (error) => console.error(error),
    });
    this.squire._imageResizer?.destroy(); // it needs style attributes, which the pages' policy refuses
    this.page.setAttribute("role", "textbox");
    this.page.setAttribute("aria-multiline", "true");
    this.page.setAttribute("aria-labelledby", "body-label");
    this.page.setAttribute("dir", "auto");
    this.squire.setHTML(this.area.value);
    this.box.hidden = false;
    this.showSource(false);
    this.squire.addEventListener("input", () => this.keep());
    for (const type of ["pathChange", "select"]) this.squire.addEventListener(type, () => this.showState());
    this.box.addEventListener("pointerdown", (event) => event.target.closest(".article-tools") && event.preventDefault());
    this.box.addEventListener("click", (event) => this.clicked(event));
    this.address.addEventListener("keydown", (event) => this.pressedInLink(event));
    this.page.addEventListener("keydown", (event) => {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.shiftKey) return;
      event.preventDefault();
      event.stopPropagation();
      this.askLink();
    });
  }

  keep() {
    this.area.value = this.page.textContent.trim() || this.page.querySelector("img, hr, table") ? this.squire.getHTML() : "";
    this.area.dispatchEvent(new Event("input", { bubbles: true }));
  }

  get isSource() {
    return !this.area.hidden;
  }

  showSource(isSource) {
    this.area.hidden = !isSource;
    this.querySelector("[data-source-help]").hidden = !isSource;
    this.page.hidden = isSource;
    this.button("source").setAttribute("aria-pressed", String(isSource));
    for (const button of this.querySelectorAll("[data-format]:not([data-format=source])")) button.disabled = isSource;
  }

  button(format) {
    return this.querySelector(`[data-format="${format}"]`);
  }

  clicked(event) {
    const format = event.target.closest("[data-format]")?.dataset.format;
    if (format) return this.format(format);
    if (event.target.closest("[data-link-set]")) this.setLink();
    if (event.target.closest("[data-link-remove]")) this.setLink("");
  }

  format(name) {
    const squire = this.squire;
    const has = (tag) => squire.hasFormat(tag);
    if (name === "source") {
      if (this.isSource) squire.setHTML(this.area.value);
      return this.showSource(!this.isSource);
    }
    const actions = {
      bold: () => (has("B") || has("STRONG") ? squire.removeBold() : squire.bold()),
      italic: () => (has("I") || has("EM") ? squire.removeItalic() : squire.italic()),
      ul: () => (has("UL") ? squire.removeList() : squire.makeUnorderedList()),
      ol: () => (has("OL") ? squire.removeList() : squire.makeOrderedList()),
      quote: () => (has("BLOCKQUOTE") ? squire.decreaseQuoteLevel() : squire.increaseQuoteLevel()),
      code: () => squire.toggleCode(),
      h2: () => this.turn(has("H2") ? "P" : "H2"),
      link: () => this.askLink(),
      undo: () => squire.undo(),
    };
    squire.focus();
    actions[name]?.();
    if (name !== "link") this.keep();
    this.showState();
  }

  // The chosen paragraphs become headings, or paragraphs again.
  turn(tag) {
    this.squire.modifyBlocks((fragment) => {
      const turned = document.createDocumentFragment();
      for (const block of [...fragment.children]) {
        if (!/^(P|DIV|H[1-6])$/.test(block.nodeName)) {
          turned.append(block);
          continue;
        }
        const element = document.createElement(tag);
        element.append(...block.childNodes);
        turned.append(element);
      }
      return turned;
    });
  }

  showState() {
    const has = (...tags) => String(tags.some((tag) => this.squire.hasFormat(tag)));
    const states = {
      bold: has("B", "STRONG"), italic: has("I", "EM"), ul: has("UL"), ol: has("OL"), quote: has("BLOCKQUOTE"),
      code: has("CODE", "PRE"), h2: has("H2"), link: has("A"),
    };
    for (const [name, state] of Object.entries(states)) this.button(name).setAttribute("aria-pressed", state);
  }

  askLink() {
    const node = this.squire.getSelection().startContainer;
    const link = (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement)?.closest("a");
    this.address.value = link?.getAttribute("href") ?? "";
    this.linkRow.hidden = false;
    this.address.focus();
    this.address.select();
  }

  pressedInLink(event) {
    if (event.key !== "Enter" && event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === "Enter") return this.setLink();
    this.linkRow.hidden = true;
    this.squire.focus();
  }

  setLink(given = this.address.value.trim()) {
    const address = given && !/^[a-z]+:/i.test(given) ? `https://${given}` : given;
    this.linkRow.hidden = true;
    this.squire.focus();
    if (address) this.squire.makeLink(address);
    else this.squire.removeLink();
    this.keep();
    this.showState();
  }
}

// What is pasted or loaded: known elements without styles; others give way to what is in them.
function clean(html) {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  for (const element of parsed.querySelectorAll(GONE)) element.remove();
  for (const element of [...parsed.body.querySelectorAll("*")]) {
    const heading = element.nodeName === "H1" ? renamed(element, "h2") : element;
    if (!KEPT.has(heading.nodeName)) {
      heading.replaceWith(...heading.childNodes);
      continue;
    }
    for (const { name, value } of [...heading.attributes]) {
      const isKept = ATTRIBUTES[heading.nodeName]?.includes(name);
      const isSafe = name === "href" ? /^(https?:|mailto:|tel:)/i.test(value.trim()) : name !== "src" || /^data:image\//.test(value);
      if (!isKept || !isSafe) heading.removeAttribute(name);
    }
  }
  const fragment = document.createDocumentFragment();
  fragment.append(...document.importNode(parsed.body, true).childNodes);
  return fragment;
}

function renamed(element, tag) {
  const other = element.ownerDocument.createElement(tag);
  other.append(...element.childNodes);
  element.replaceWith(other);
  return other;
}

customElements.define("article-editor", ArticleEditor);

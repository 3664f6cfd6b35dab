// What may stand in the text, whatever it was pasted from, and how it leaves the editor.
//
// Inside the editor a line is a <div>, as in every mail program. What is sent and kept has paragraphs
// with line breaks, which mail programs, screen readers and the plain text make the same of.
const KEPT = new Set(
  "A B STRONG I EM U S DEL CODE PRE BLOCKQUOTE UL OL LI P DIV BR H3 H4 TABLE THEAD TBODY TR TD TH IMG SPAN HR SUB SUP".split(" "),
);
const RENAMED = { H1: "H3", H2: "H3", H5: "H4", H6: "H4", STRONG: "B", EM: "I", DEL: "S", STRIKE: "S", TT: "CODE", KBD: "CODE", SAMP: "CODE" };
const DROPPED = new Set(
  "HEAD STYLE SCRIPT TEMPLATE TITLE META LINK NOSCRIPT IFRAME OBJECT SVG MATH TEXTAREA SELECT BUTTON INPUT AUDIO VIDEO CANVAS".split(" "),
);
const LINES = new Set(["P", "DIV", "ARTICLE", "SECTION", "HEADER", "FOOTER", "MAIN", "ADDRESS", "FIGURE", "FIGCAPTION", "CENTER", "FORM"]);
const BLOCKS = new Set(["DIV", "P", "BLOCKQUOTE", "UL", "OL", "PRE", "TABLE", "H3", "H4", "HR"]);
const SAFE_LINK = /^(?:https?:|mailto:|tel:)/i;
const UPLOAD = /^(?:cid:)?upload-(\d+)/;
const ZERO_WIDTH = /\u200B/g;

// Html of anybody as nodes of this page: no script, style, class or foreign image comes along.
export function fragmentOf(html, { imageOf = () => null } = {}) {
  const parsed = new DOMParser().parseFromString(html, "text/html"); // inert: nothing runs, nothing loads
  const fragment = document.createDocumentFragment();
  wordLists(parsed.body);
  copyInto(parsed.body, fragment, imageOf);
  return lined(fragment);
}

function copyInto(from, to, imageOf) {
  for (const node of from.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) to.append(node.data);
    else if (node.nodeType === Node.ELEMENT_NODE && !DROPPED.has(node.tagName.toUpperCase())) copyElement(node, to, imageOf);
  }
}

function copyElement(node, to, imageOf) {
  const tag = RENAMED[node.tagName] ?? (LINES.has(node.tagName) && node.tagName !== "P" ? "DIV" : node.tagName);
  if (tag === "IMG") {
    const image = imageOf(node);
    if (image) to.append(image);
    return;
  }
  if (!KEPT.has(tag) || isOnlyStyled(node, tag)) return copyInto(node, withStyles(node, to), imageOf);
  const made = document.createElement(tag);
  if (tag === "A" && SAFE_LINK.test(node.getAttribute("href") ?? "")) made.setAttribute("href", node.getAttribute("href"));
  if (tag === "SPAN") made.dataset.mention = node.dataset.mention;
  if (tag === "OL" && node.hasAttribute("start")) made.setAttribute("start", node.getAttribute("start"));
  if (["rtl", "ltr"].includes(node.getAttribute("dir"))) made.setAttribute("dir", node.getAttribute("dir"));
  for (const name of ["colspan", "rowspan"]) if (node.hasAttribute(name)) made.setAttribute(name, node.getAttribute(name));
  if (/^Mso/.test(node.className)) made.isTight = true; // Word's paragraphs stand without a line between
  to.append(made);
  copyInto(node, withStyles(node, made), imageOf);
}

// A span without a mention says nothing, nor a link without an address, nor Google's <b> around it all.
function isOnlyStyled(node, tag) {
  if (tag === "SPAN") return !/^\d{1,10}$/.test(node.dataset.mention ?? "");
  if (tag === "A") return !SAFE_LINK.test(node.getAttribute("href") ?? "");
  return tag === "B" && /^(?:normal|400)$/.test(node.style.fontWeight);
}

// Bold, italic and struck text that a style attribute made becomes what it means.
function withStyles(node, to) {
  const { fontWeight, fontStyle, textDecorationLine, textDecoration } = node.style;
  const line = textDecorationLine || textDecoration;
  let inner = to;
  const into = (tag) => {
    const element = document.createElement(tag);
    inner.append(element);
    inner = element;
  };
  if (node.tagName === "SPAN" || LINES.has(node.tagName)) {
    if (/^(?:bold|bolder|[6-9]00)$/.test(fontWeight)) into("B");
    if (fontStyle === "italic") into("I");
    if (/line-through/.test(line)) into("S");
  }
  return inner;
}

// Word writes lists as paragraphs with a bullet in front.
function wordLists(body) {
  let list = null;
  for (const line of [...body.querySelectorAll("p")]) {
    const isItem = /mso-list:\s*l\d/i.test(line.getAttribute("style") ?? "");
    if (!isItem || line.previousElementSibling !== list) list = null;
    if (!isItem) continue;
    const marker = [...line.querySelectorAll("span")].find((each) => /mso-list:\s*ignore/i.test(each.getAttribute("style") ?? ""));
    const isNumbered = /[0-9a-z][.)]/i.test(marker?.textContent ?? "");
    marker?.remove();
    if (!list) {
      list = body.ownerDocument.createElement(isNumbered ? "ol" : "ul");
      line.before(list);
    }
    const item = body.ownerDocument.createElement("li");
    item.append(...line.childNodes);
    list.append(item);
    line.remove();
  }
}

// Paragraphs as the editor has them: lines, with an empty one between two paragraphs.
function lined(fragment) {
  for (const paragraph of [...fragment.querySelectorAll("p")]) {
    const isFilled = !isEmpty(paragraph);
    const lines = linesOf(paragraph);
    const next = nextBlock(paragraph);
    if (next?.tagName === "P" && !paragraph.isTight && isFilled) lines.push(emptyLine());
    paragraph.replaceWith(...lines);
  }
  return fragment;
}

function nextBlock(node) {
  let next = node.nextSibling;
  while (next && next.nodeType === Node.TEXT_NODE && !next.data.trim()) next = next.nextSibling;
  return next;
}

function linesOf(paragraph) {
  const lines = [];
  let line = document.createElement("div");
  for (const child of [...paragraph.childNodes]) {
    if (child.nodeName === "BR") {
      lines.push(line);
      line = document.createElement("div");
    } else {
      line.append(child);
    }
  }
  if (line.childNodes.length || !lines.length) lines.push(line);
  for (const each of lines) {
    if (paragraph.dir) each.dir = paragraph.dir;
    if (!each.textContent.trim() && !each.querySelector("img")) each.replaceChildren(document.createElement("br"));
  }
  return lines;
}

function emptyLine() {
  const line = document.createElement("div");
  line.append(document.createElement("br"));
  return line;
}

export function isEmpty(node) {
  if (node.querySelector?.("img, hr, li, table")) return false;
  return !node.textContent.replace(ZERO_WIDTH, "").trim();
}

// The html to send and to keep: paragraphs with <br>, images by the number of their upload.
export function forSending(root) {
  const copy = INERT.createElement("div"); // in the page's own document a picture would be loaded again
  for (const child of root.childNodes) copy.append(INERT.importNode(child, true));
  for (const image of [...copy.querySelectorAll("img")]) plainImage(image);
  for (const element of copy.querySelectorAll("*")) {
    for (const { name } of [...element.attributes]) if (!MEANS.has(name)) element.removeAttribute(name);
  }
  paragraphs(copy);
  for (const quote of copy.querySelectorAll("blockquote")) paragraphs(quote);
  return copy.innerHTML.replace(ZERO_WIDTH, "").replace(/(?:<p><br><\/p>)+$/, "");
}

const INERT = document.implementation.createHTMLDocument("");
const MEANS = new Set(["href", "src", "alt", "data-mention", "start", "dir", "colspan", "rowspan"]);

function plainImage(image) {
  const id = image.dataset.upload;
  if (id) image.setAttribute("src", `cid:upload-${id}`);
  else image.remove(); // still on its way up: the form waits for it before it is sent
}

function paragraphs(container) {
  let paragraph = null;
  let empties = 0;
  for (const node of [...container.childNodes]) {
    const isLine = node.nodeName === "DIV" || !BLOCKS.has(node.nodeName);
    if (isLine && node.nodeName === "DIV" && isEmpty(node)) {
      empties += 1;
      if (empties > 1) node.replaceWith(blank());
      else node.remove(); // the space between two paragraphs
      paragraph = null;
      continue;
    }
    empties = 0;
    if (!isLine) {
      paragraph = null;
      continue;
    }
    if (paragraph && (paragraph.dir || "") === (node.dir || "")) {
      if (node.nodeName === "DIV") paragraph.append(document.createElement("br"));
    } else {
      paragraph = document.createElement("p");
      if (node.dir) paragraph.dir = node.dir;
      node.before(paragraph);
    }
    if (node.nodeName === "DIV") {
      trimBreak(node);
      paragraph.append(...node.childNodes);
      node.remove();
    } else {
      paragraph.append(node);
    }
  }
}

function blank() {
  const paragraph = document.createElement("p");
  paragraph.append(document.createElement("br"));
  return paragraph;
}

function trimBreak(line) {
  if (line.lastChild?.nodeName === "BR" && line.childNodes.length > 1) line.lastChild.remove();
}

// The number of the upload that an image shows, from what is sent and kept.
export function uploadOf(image) {
  const source = image.dataset?.upload ?? image.dataset?.cid ?? image.getAttribute("src") ?? "";
  return image.dataset?.upload ?? UPLOAD.exec(source)?.[1] ?? null;
}

// The text as it is read: for counting, for checks, for drafts in lists. The server makes its own.
export function textOf(root) {
  let text = "";
  const newline = () => {
    if (text && !text.endsWith("\n")) text += "\n";
  };
  const walk = (node) => {
    for (const child of node.childNodes) {
      if (child.nodeType === Node.TEXT_NODE) text += child.data;
      else if (child.nodeName === "BR") {
        if (child.nextSibling || child.previousSibling) text += child.nextSibling ? "\n" : "";
        else text += "\n";
      } else if (child.nodeName === "LI") {
        newline();
        const list = child.parentNode;
        text += list.nodeName === "OL" ? `${[...list.children].indexOf(child) + 1}. ` : "- ";
        walk(child);
      } else if (child.nodeName === "BLOCKQUOTE") {
        newline();
        text += `${textOf(child).replace(/^/gm, "> ")}\n`;
      } else if (BLOCKS.has(child.nodeName) || child.nodeName === "TR") {
        newline();
        walk(child);
        newline();
      } else {
        walk(child);
      }
    }
  };
  walk(root);
  return text.replace(ZERO_WIDTH, "").replace(/\u00A0/g, " ").replace(/\n+$/, "");
}

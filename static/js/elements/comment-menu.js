// The menu of one message, fetched with the reader's rights when it is asked for; and the dialogs that it
// opens. Without this file its links lead to pages that ask the same.
import { FragmentError, fetchFragment } from "../fragments.js";
import { toast } from "./app-toast.js";
import { linkTo } from "./conversation-stream.js";

const GAP = 4;

class CommentMenu extends HTMLElement {
  connectedCallback() {
    this.dialog = document.getElementById("comment-dialog");
    this.clicked = (event) => this.click(event);
    this.saved = () => this.dialog.open && this.dialog.close();
    document.addEventListener("click", this.clicked);
    document.body.addEventListener("ticket-saved", this.saved);
    this.addEventListener("keydown", (event) => this.pressed(event));
    this.addEventListener("toggle", (event) => {
      this.button?.setAttribute("aria-expanded", String(event.newState === "open"));
      if (event.newState === "closed" && this.contains(document.activeElement)) this.button?.focus({ preventScroll: true });
    });
    this.dialog.addEventListener("click", (event) => event.target.closest("[data-close]") && this.dialog.close());
    this.dialog.addEventListener("close", () => {
      this.dialog.replaceChildren();
      this.button?.focus({ preventScroll: true });
    });
  }

  disconnectedCallback() {
    document.removeEventListener("click", this.clicked);
    document.body.removeEventListener("ticket-saved", this.saved);
  }

  click(event) {
    const button = event.target.closest?.("[data-comment-menu]");
    if (button) this.open(button);
    else if (this.contains(event.target)) this.chosen(event);
  }

  async open(button) {
    const entry = button.closest("[data-order]");
    this.selection = selectedIn(entry);
    this.button = button;
    this.entry = entry;
    button.setAttribute("aria-busy", "true");
    try {
      this.replaceChildren(await fetchFragment(this.dataset.url.replace("/0/", `/${entry.id.slice(8)}/`)));
    } catch (error) {
      if (!(error instanceof FragmentError || error instanceof TypeError)) throw error;
      toast(document.querySelector("conversation-stream").dataset.failed);
      return;
    } finally {
      button.removeAttribute("aria-busy");
    }
    const quote = this.querySelector('[data-act="selection"]');
    if (quote) quote.hidden = !this.selection;
    this.showPopover();
    this.place(button);
    this.querySelector(".menu-item:not([hidden])")?.focus({ preventScroll: true });
  }

  place(button) {
    const at = button.getBoundingClientRect();
    const box = this.getBoundingClientRect();
    const fits = at.bottom + GAP + box.height < innerHeight;
    const top = fits ? at.bottom + GAP : Math.max(GAP, at.top - box.height - GAP);
    const left = Math.min(Math.max(GAP, at.right - box.width), innerWidth - box.width - GAP);
    this.style.inset = `${top}px auto auto ${left}px`;
  }

  pressed(event) {
    const step = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity }[event.key];
    if (!step) return;
    event.preventDefault();
    const items = [...this.querySelectorAll(".menu-item:not([hidden])")];
    const at = items.indexOf(document.activeElement) + step;
    const to = Number.isFinite(at) ? (at + items.length) % items.length : step < 0 ? 0 : items.length - 1;
    items[to].focus();
  }

  chosen(event) {
    const item = event.target.closest("[data-act], a[data-ask]");
    if (!item || event.ctrlKey || event.metaKey) return;
    const { act, kind, said } = item.dataset;
    const { wrote } = this.firstElementChild.dataset;
    if (item.matches("a")) {
      event.preventDefault();
      this.ask(item.href);
    } else if (act === "quote" && kind === "public" && document.querySelector("form.composer[data-by-network]")) answer(this.entry);
    else if (act === "quote") insert(quoteOf(this.entry), wrote, kind);
    else if (act === "selection") insert(this.selection, wrote);
    else if (act === "link") copy(linkTo(this.entry.id), said);
    else if (act === "unread") this.markUnread(said);
    else if (act === "forward") this.forward(item.dataset.url);
    if (!act || act === "link" || act === "unread") this.button.focus({ preventScroll: true });
    this.hidePopover();
  }

  async markUnread(said) {
    const stream = document.querySelector("conversation-stream");
    if (await stream.keepUnread(Number(this.entry.id.slice(8)))) toast(said);
  }

  // A side conversation by mail that begins with the message and its files.
  async forward(url) {
    const headers = { "HX-Request": "true", ...JSON.parse(document.body.getAttribute("hx-headers")) };
    const answer = await fetch(url, { method: "POST", headers, credentials: "same-origin" }).catch(() => null);
    if (!answer?.ok) {
      toast(document.querySelector("conversation-stream").dataset.failed);
      return;
    }
    const { form, subject, body, uploads } = await answer.json();
    const panel = await sidePanel();
    await window.htmx.ajax("GET", form, { target: panel.querySelector("side-panel") ?? panel, swap: "outerHTML" });
    await panel.querySelector("side-composer").begin({ subject, body, uploads });
    panel.querySelector("input:not([type=hidden])").focus();
  }

  async ask(url) {
    try {
      this.dialog.replaceChildren(await fetchFragment(url));
    } catch {
      location.assign(url); // the page says what is wrong
      return;
    }
    window.htmx.process(this.dialog);
    this.dialog.showModal();
  }
}

// The tab with side conversations, shown and filled.
async function sidePanel() {
  const panel = document.getElementById("tab-side-body");
  const isEmpty = panel.querySelector(".tab-wait");
  const filled = isEmpty && new Promise((done) => panel.addEventListener("htmx:afterSettle", done, { once: true }));
  document.dispatchEvent(new CustomEvent("show-tab", { detail: "side" }));
  if (!panel.offsetParent) {
    [...document.querySelectorAll('button[data-pane="customer"]')].find((each) => each.offsetParent)?.click();
  }
  await filled;
  return panel;
}

function selectedIn(entry) {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!entry.querySelector(".body, .text")?.contains(range.commonAncestorContainer)) return null;
  const holder = document.createElement("div");
  holder.append(range.cloneContents());
  return { text: selection.toString().trim(), html: holder.innerHTML };
}

// What is read first: the message without the history that it quotes.
function quoteOf(entry) {
  const text = entry.querySelector(".body > .text, .text");
  return { text: text.innerText.trim(), html: text.innerHTML };
}

function insert({ text, html }, wrote, kind) {
  const quoted = text.split("\n").map((line) => `> ${line}`.trimEnd()).join("\n");
  const line = document.createElement("p");
  line.textContent = wrote;
  const detail = { text: `${wrote}\n${quoted}\n\n`, html: `${line.outerHTML}<blockquote>${html}</blockquote><p><br></p>`, kind };
  document.dispatchEvent(new CustomEvent("composer-insert", { detail }));
}

// Networks point at the message that is answered; nothing is quoted in the text.
function answer(entry) {
  const { author } = entry.dataset;
  const detail = { id: entry.id.slice(8), author, text: quoteOf(entry).text.replace(/\s+/g, " ").slice(0, 120) };
  document.dispatchEvent(new CustomEvent("composer-answer", { detail }));
  document.dispatchEvent(new CustomEvent("composer-insert", { detail: { html: "", text: "", kind: "public" } }));
}

async function copy(text, said) {
  try {
    await navigator.clipboard.writeText(text);
    toast(said);
  } catch {
    toast(text); // no permission: it can be copied from here
  }
}

customElements.define("comment-menu", CommentMenu);

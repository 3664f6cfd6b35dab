// What the context column offers goes into the reply with one click or one key: Alt and the number that stands
// beside it. Links and texts by the composer's own event, macros through its macro picker.
import { toast } from "./app-toast.js";

document.addEventListener("click", (event) => {
  const offer = event.target.closest("[data-apply-macro], .ctx [data-insert-html], .ctx [data-insert-from]");
  if (offer) take(offer);
});

document.addEventListener("keydown", (event) => {
  const digit = /^Digit([1-9])$/.exec(event.code)?.[1];
  if (!digit || !event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.repeat) return;
  if (document.querySelector("dialog[open]")) return;
  const offer = document.querySelector(`[data-suggestion="${digit}"]`);
  if (!offer) return;
  event.preventDefault();
  take(offer);
});

function take(offer) {
  const { applyMacro, insertHtml, insertText, insertFrom, insertKind } = offer.dataset;
  if (applyMacro) return applied(applyMacro);
  if (insertFrom) return inserted(insertFrom, insertKind);
  insert({ html: insertHtml, text: insertText, kind: insertKind });
}

function insert(detail) {
  showConversation();
  document.dispatchEvent(new CustomEvent("composer-insert", { detail }));
}

async function inserted(url, kind) {
  try {
    const response = await fetch(url, { headers: { "HX-Request": "true" }, credentials: "same-origin" });
    if (!response.ok) throw new Error(String(response.status));
    insert({ ...(await response.json()), kind });
  } catch {
    toast(document.querySelector("[data-insert-failed]")?.dataset.insertFailed ?? "");
  }
}

async function applied(macro) {
  const picker = document.querySelector("macro-picker");
  if (!picker) return;
  showConversation();
  await picker.open();
  const option = picker.querySelector(`[data-macro="${CSS.escape(macro)}"]`);
  if (!option) return;
  picker.choose(option);
  await picker.apply();
}

// On a phone the composer is another pane than the one with the offers.
function showConversation() {
  const pane = document.querySelector('.panes [data-pane="conversation"]');
  if (pane?.getClientRects().length) pane.click();
}

// A tab's body: tells its tab how much there is.
class ContextHelp extends HTMLElement {
  connectedCallback() {
    const number = this.querySelector("[data-tab-number]");
    const badge = number && document.querySelector(`[data-tab-count="${number.dataset.tabNumber}"]`);
    if (badge) badge.textContent = number.textContent === "0" ? "" : number.textContent;
  }
}

customElements.define("context-help", ContextHelp);

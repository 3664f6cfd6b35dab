// The answer to a form replaces a part of the page in which somebody may be at work again. What they chose
// or typed meanwhile goes over into the new part, and what they chose is saved. An answer whose part has
// been replaced by another answer meanwhile shows in the one that stands there now.
import { isChanged } from "./chosen-early.js";

const FIELDS = "form[hx-post][autocomplete=off] :is(select, input:not([type=hidden], [type=checkbox], [type=radio], [type=file]))[id]";
const onTheWay = new Map(); // id of a field → the value that is being saved
const kept = new WeakMap(); // request → what is to be taken over after its answer

document.addEventListener("htmx:beforeRequest", ({ detail }) => {
  const { elt, target, requestConfig } = detail;
  if (requestConfig.verb === "get" || !elt.matches("form")) return;
  for (const { id, value } of fieldsOf(elt)) onTheWay.set(id, value);
  // On the elements themselves: what has left the page is not heard at the document.
  target.addEventListener("htmx:beforeSwap", beforeSwap);
  elt.addEventListener("htmx:afterRequest", () => landed(elt), { once: true });
});

document.addEventListener("htmx:afterSettle", ({ detail }) => {
  takeOver(kept.get(detail.xhr) ?? []);
  kept.delete(detail.xhr);
});

function beforeSwap({ currentTarget: part, target, detail }) {
  if (part !== target) return;
  const { target: meant } = detail; // another one when the answer says so
  const place = meant.isConnected ? meant : meant.id && document.getElementById(meant.id);
  if (!place) return;
  detail.target = place;
  const answered = new Map(fieldsOf(detail.requestConfig.elt).map(({ id }) => [id, onTheWay.get(id)]));
  landed(detail.requestConfig.elt);
  kept.set(detail.xhr, unsavedIn(place).filter(({ id, value }) => answered.get(id) !== value));
}

// The fields of a part whose value is not that of the server, as far as the page knows.
export function unsavedIn(part) {
  return [...part.querySelectorAll(FIELDS)].filter(isUnsaved).map(({ id, value }) => ({ id, value }));
}

export function takeOver(fields) {
  for (const { id, value } of fields) {
    const field = document.getElementById(id);
    if (!field || field.value === value) continue;
    if (!field.getClientRects().length) field.closest("in-place")?.open();
    field.value = value;
    if (onTheWay.has(id)) continue;
    const event = field.localName === "select" ? "change" : "input"; // a choice is saved, a word is not ended
    field.dispatchEvent(new Event(event, { bubbles: true }));
  }
}

function isUnsaved(field) {
  return field.localName === "select" ? isChanged(field) : field.value !== field.defaultValue;
}

function fieldsOf(form) {
  return [...form.querySelectorAll("select[id], input[id]")];
}

function landed(form) {
  for (const { id } of fieldsOf(form)) onTheWay.delete(id);
}

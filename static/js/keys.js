// Keys of the workspace. Single letters never act while somebody writes, or with Ctrl, Alt or Meta held.
// Anything on a page can have a key of its own: [data-key="a"], or [data-key="g h"] for two in a row.
const PAUSE_OF_CHORD = 1200;
let chord = "";
let chordAt = 0;

const actions = {
  j: () => move(1),
  k: () => move(-1),
  o: () => open(),
  "/": () => focusOn("#search") || go("/search/"),
  "?": () => document.getElementById("keys")?.showModal(),
  c: () => follow('a[href="/tickets/new/"]'),
  r: () => press('[data-compose="public"]'),
  m: () => press("[data-open-macros]"),
  n: () => press('[data-compose="internal"]'),
  "[": () => follow("[data-previous-ticket]"),
  "]": () => follow("[data-next-ticket]"),
  "g h": () => go("/home/"),
  "g v": () => go("/views/"),
  "g s": () => go("/search/"),
  "g p": () => go("/people/"),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (isWriting(event.target) || document.querySelector("dialog[open]")) return;
  if ("noLetters" in document.body.dataset && event.key.length === 1) return; // WCAG 2.1.4: people can switch them off
  const inTime = Date.now() - chordAt < PAUSE_OF_CHORD;
  const keys = chord && inTime ? `${chord} ${event.key}` : event.key;
  chord = event.key === "g" ? "g" : "";
  chordAt = Date.now();
  const action = actions[keys];
  if ((action && action() !== false) || pressOwner(keys)) event.preventDefault();
});

// Clicks the first element that is there for these keys and can be used; fields take the focus instead.
function pressOwner(keys) {
  const owners = [...document.querySelectorAll(`[data-key="${CSS.escape(keys)}"]`)];
  const owner = owners.find((each) => !each.disabled && (each.closest("details:not([open])") || each.getClientRects().length));
  if (!owner) return false;
  if (isWriting(owner)) owner.focus();
  else owner.click();
  return true;
}

function isWriting(element) {
  return element.matches("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
}

function rows() {
  return [...document.querySelectorAll("[data-row]")].filter((row) => row.offsetParent !== null);
}

function move(step) {
  const all = rows();
  if (!all.length) return false;
  const present = all.findIndex((row) => row.contains(document.activeElement));
  const at = present >= 0 ? present : all.findIndex((row) => row.classList.contains("at"));
  const next = all[Math.min(all.length - 1, Math.max(0, at + (at < 0 ? Math.max(step, 0) || 1 : step)))];
  for (const row of all) row.classList.toggle("at", row === next);
  const link = next.querySelector("[data-open]");
  link.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

function open() {
  const row = rows().find((each) => each.contains(document.activeElement) || each.classList.contains("at"));
  if (!row) return false;
  row.querySelector("[data-open]").click();
}

function focusOn(selector) {
  const element = document.querySelector(selector);
  if (!element || element.offsetParent === null) return false;
  element.focus();
  element.select?.();
  return true;
}

function follow(selector) {
  const link = document.querySelector(selector);
  if (!link) return false;
  link.click();
}

function press(selector) {
  return follow(selector);
}

function go(path) {
  location.assign(path);
}

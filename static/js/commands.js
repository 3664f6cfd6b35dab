// What can be pressed on this page by a key or by name: [data-key="x"], [data-command="Words"].

// → [{ element, words, key }], each words once, in the order of the page.
export function commandsOfPage() {
  const seen = new Set();
  const found = [];
  for (const element of document.querySelectorAll("[data-key], [data-command]")) {
    if (element.disabled || element.closest("dialog:not([open])")) continue;
    const isInMenu = element.closest("details:not([open])");
    if (!isInMenu && !element.getClientRects().length) continue;
    const words = wordsOf(element);
    if (!words || seen.has(words)) continue;
    seen.add(words);
    found.push({ element, words, key: element.dataset.key ?? "" });
  }
  return found;
}

function wordsOf(element) {
  const label = element.dataset.command || element.getAttribute("aria-label") || textOf(element);
  return label.trim().replace(/\s+/g, " ");
}

// Without its key, which stands beside it, and without counts, which are no name.
function textOf(element) {
  const copy = element.cloneNode(true);
  for (const part of copy.querySelectorAll("kbd, .count, .badge")) part.remove();
  return copy.textContent;
}

// "g h" as two <kbd>.
export function marksOf(key) {
  return key.split(" ").filter(Boolean).map((each) => {
    const mark = document.createElement("kbd");
    mark.textContent = each;
    return mark;
  });
}

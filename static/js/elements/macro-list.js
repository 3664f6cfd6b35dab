// Searching the list of macros: every word has to occur in the title; beginnings come first.
import { say } from "../words.js";
export function optionsOf(list) {
  return [...list.querySelectorAll("[role=option]")];
}

// Shows what fits, hides empty categories, and returns the first option that is shown.
export function filterOptions(list, query) {
  const words = fold(query).split(/\s+/).filter(Boolean);
  let best = null;
  let bestScore = Infinity;
  for (const option of optionsOf(list)) {
    const isSuggested = Boolean(option.closest("[data-section=suggested]"));
    const score = words.length ? scoreOf(fold(option.dataset.title), words) : 0;
    // With a query each macro stands once, under its category.
    option.hidden = score === null || (words.length > 0 && isSuggested);
    if (!option.hidden && score < bestScore) {
      best = option;
      bestScore = score;
    }
  }
  for (const group of list.querySelectorAll("[role=group]")) {
    group.hidden = !group.querySelector("[role=option]:not([hidden])");
  }
  sayNothingFits(list, Boolean(best) || !words.length);
  return best;
}

// Lower is better; null when a word does not occur.
function scoreOf(title, words) {
  let score = 0;
  for (const word of words) {
    const at = title.indexOf(word);
    if (at < 0) return null;
    const startsWord = at === 0 || /[\s:–-]/.test(title[at - 1]);
    score += startsWord ? 1 : 3;
  }
  return score + title.length / 1000;
}

function fold(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().trim();
}

function sayNothingFits(list, fits) {
  let words = list.querySelector("[data-nothing]");
  if (!words) {
    words = document.createElement("p");
    words.className = "macro-none hint";
    words.dataset.nothing = "";
    words.setAttribute("role", "status");
    list.append(words);
  }
  words.textContent = fits ? "" : say("no-macro");
  words.hidden = fits;
}

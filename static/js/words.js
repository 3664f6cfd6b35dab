// What scripts say, in the reader's language: the page brings it along (web/script_words.py).
const words = JSON.parse(document.getElementById("words")?.textContent ?? "{}");

export function say(name, values = {}) {
  return (words[name] ?? name).replace(/\{(\w+)\}/g, (mark, key) => values[key] ?? mark);
}

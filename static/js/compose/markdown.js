// Markdown while it is typed: `**bold**`, "- ", "1. ", "> ", ``` and so on become what they mean. One
// Ctrl+Z gives the letters back.
const INLINE = [
  { closing: "*", pattern: /(^|[\s(])\*\*([^\s*](?:[^*]*[^\s*])?)\*\*$/, tag: "B" },
  { closing: "*", pattern: /(^|[\s(])\*([^\s*](?:[^*]*[^\s*])?)\*$/, tag: "I" },
  { closing: "_", pattern: /(^|[\s(])_([^\s_](?:[^_]*[^\s_])?)_$/, tag: "I" },
  { closing: "~", pattern: /(^|[\s(])~~([^\s~](?:[^~]*[^\s~])?)~~$/, tag: "S" },
  { closing: "`", pattern: /(^|[\s(])`([^`]+)`$/, tag: "CODE" },
  { closing: ")", pattern: /(^|[\s(])\[([^\]\n]+)\]\(((?:https?:\/\/|mailto:)[^\s)]+)\)$/, tag: "A" },
];
const BLOCK = { "-": "list", "*": "list", "1.": "numbers", "1)": "numbers", ">": "quote" };

// After a letter was typed. Returns whether something was made of it.
export function closeInline(rich, letter) {
  const rules = INLINE.filter((rule) => rule.closing === letter);
  const place = rules.length && rich.textBefore();
  if (!place || rich.isIn("PRE") || rich.isIn("CODE")) return false;
  for (const { pattern, tag } of rules) {
    const match = pattern.exec(place.text);
    if (!match) continue;
    rich.replaceLast(match[0].length - match[1].length, wrapped(tag, match[2], match[3]));
    return true;
  }
  return false;
}

function wrapped(tag, words, address) {
  const element = document.createElement(tag);
  element.textContent = words;
  if (address) element.setAttribute("href", address);
  return element.outerHTML;
}

// Before a space or Enter: whether what stands at the beginning of the line means a block.
export function openBlock(rich, key) {
  const place = rich.lineBefore();
  if (!place) return false;
  if (key === "Enter" && /^```\w*$/.test(place.text)) return begin(rich, "code");
  const block = key === " " && BLOCK[place.text];
  return block ? begin(rich, block) : false;
}

function begin(rich, block) {
  rich.emptyLine();
  rich.format(block);
  return true;
}

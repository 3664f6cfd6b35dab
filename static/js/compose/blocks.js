// The blocks that a text in the editor is made of: a line is a <div>.
const BLOCKS = new Set(["DIV", "UL", "OL", "BLOCKQUOTE", "PRE", "TABLE", "H3", "H4"]);

// Blocks as they are, and what stands loose between them as lines.
export function blocksOf(fragment) {
  const blocks = [];
  let loose = [];
  const close = () => {
    if (loose.some((node) => node.textContent.trim() || node.nodeName === "IMG")) blocks.push(line(loose));
    loose = [];
  };
  for (const node of [...fragment.childNodes]) {
    if (!BLOCKS.has(node.nodeName)) loose.push(node);
    else {
      close();
      blocks.push(node);
    }
  }
  close();
  return blocks;
}

export function line(nodes = []) {
  const made = document.createElement("div");
  made.append(...nodes);
  if (!made.textContent && !made.querySelector("img")) made.replaceChildren(document.createElement("br"));
  return made;
}

// The line, the entry or the cell that a place is in.
export function partOf(node) {
  return (node.nodeType === Node.TEXT_NODE ? node.parentNode : node).closest("div, li, pre, td, th, h3, h4");
}

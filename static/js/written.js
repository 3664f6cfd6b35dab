// Words in what somebody writes, whether that is a text area or an editor of rich text.

function editorOf(form) {
  return form.querySelector('[contenteditable]:not([contenteditable="false"])');
}

// Selects the first place where these words stand; without words, the end of the text.
export function select(form, words) {
  const editor = editorOf(form);
  if (editor) return selectIn(editor, words);
  const area = form.elements.body;
  const at = words ? area.value.indexOf(words) : -1;
  area.focus();
  area.setSelectionRange(at < 0 ? area.value.length : at, at < 0 ? area.value.length : at + words.length);
  return at >= 0;
}

// Puts other words there, as if they had been typed: it can be undone.
export function replace(form, words, others) {
  if (select(form, words)) document.execCommand("insertText", false, others);
}

function selectIn(editor, words) {
  editor.focus();
  const range = document.createRange();
  const found = words ? placeOf(editor, words) : null;
  if (found) {
    range.setStart(...found[0]);
    range.setEnd(...found[1]);
  } else {
    range.selectNodeContents(editor);
    range.collapse(false);
  }
  const selection = getSelection();
  selection.removeAllRanges();
  selection.addRange(range);
  range.startContainer.parentElement?.scrollIntoView({ block: "nearest" });
  return Boolean(found);
}

// Where words begin and end among the editor's pieces of text.
function placeOf(editor, words) {
  const walker = document.createTreeWalker(editor, NodeFilter.SHOW_TEXT);
  const pieces = [];
  let text = "";
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    pieces.push([node, text.length]);
    text += node.data.replaceAll("\u00a0", " ");
  }
  const at = text.indexOf(words);
  if (at < 0) return null;
  const point = (offset) => {
    const [node, start] = pieces.findLast((piece) => piece[1] <= offset);
    return [node, Math.min(offset - start, node.length)];
  };
  return [point(at), point(at + words.length)];
}

// What was chosen on a page before its scripts were there has had no listener: it is saved when they are.
// Only where the browser restores nothing by itself (autocomplete=off), so nothing old is taken for new.
document.addEventListener("DOMContentLoaded", () => {
  for (const field of document.querySelectorAll("form[hx-post][autocomplete=off] select")) {
    if (isChanged(field)) field.dispatchEvent(new Event("change", { bubbles: true }));
  }
});

export function isChanged(select) {
  const options = [...select.options];
  const first = Math.max(0, options.findIndex((option) => option.defaultSelected));
  return !select.multiple && select.selectedIndex !== first;
}

// The answer to a form replaces the part of the page that had the focus. It returns to what stands there
// then, unless the reader has gone elsewhere meanwhile.
let place = "";

// `selector` finds what takes the focus, in the answer to the form that is sent now.
export function returnFocusTo(selector) {
  place = selector;
}

document.addEventListener("htmx:afterSettle", ({ target }) => {
  const next = place && document.querySelector(place);
  if (!next || !target.contains(next)) return;
  place = "";
  if (document.activeElement === document.body) next.focus({ preventScroll: true });
});

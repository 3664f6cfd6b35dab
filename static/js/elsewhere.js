// Elements that stand on a page or two: fetched when one of them is met, not with every page.
const ELSEWHERE = {
  "article-editor": () => import("./elements/article-editor.js"),
  "chat-preview": () => import("./elements/chat-preview.js"),
  "chat-queue": () => import("./elements/chat-queue.js"),
  "demo-people": () => import("./elements/demo-people.js"),
  "form-preview": () => import("./elements/form-preview.js"),
  "home-page": () => import("./elements/home-page.js"),
  "new-fields": () => import("./elements/new-fields.js"),
  "photo-crop": () => import("./elements/photo-crop.js"),
  "push-switch": () => import("./elements/push-switch.js"),
  "rule-builder": () => import("./elements/rule-builder.js"),
  "rule-order": () => import("./elements/rule-order.js"),
  "social-stream": () => import("./elements/social-stream.js"),
};

function meet(root) {
  for (const [name, load] of Object.entries(ELSEWHERE)) {
    if (!root.matches?.(name) && !root.querySelector(name)) continue;
    delete ELSEWHERE[name];
    load();
  }
}

meet(document);
document.addEventListener("htmx:load", (event) => meet(event.detail.elt));

// The round button at the corner of the site, and the latest answer beside it while the chat is closed.
import { h, icon } from "./dom.js";

export function launcher(widget, last) {
    const { unread, isOpen } = widget;
    const label = isOpen ? widget.word("close")
        : [widget.word("open"), unread ? widget.word("unread", { n: unread }) : ""].filter(Boolean).join(", ");
    const button = h("button", {
        type: "button", class: "launcher", "aria-label": label, "aria-expanded": String(isOpen),
        onclick: () => widget.open(!widget.isOpen),
    }, icon(isOpen ? "down" : "chat"), !isOpen && unread ? h("span", { class: "badge", "aria-hidden": "true" }, String(Math.min(unread, 99))) : null);
    if (isOpen || !last) return [button];
    const teaser = h("button", { type: "button", class: "teaser", onclick: () => widget.open(true) },
        h("strong", { dir: "auto" }, last.author),
        h("span", { dir: "auto" }, last.text || last.files[0]?.name || ""));
    return [h("div", { class: "teaser-box", role: "status" }, teaser), button];
}

// The end of a chat: how it was, and the ways to go on.
import { h, icon } from "./dom.js";

export function ending(widget, talk) {
    const { chat } = widget;
    const box = h("div", { class: "ending" }, h("p", { role: "status" }, widget.word("ended")));
    if (chat.was_answered) box.append(chat.rated ? thanks(widget) : rating(widget, talk));
    box.append(h("div", { class: "row" },
        h("button", { type: "button", class: "wide", onclick: () => {
            talk.writesAgain = true;
            talk.refresh();
            talk.composer.querySelector("textarea").focus();
        } }, widget.word("again")),
        h("button", { type: "button", class: "wide", onclick: () => widget.startFresh() }, widget.word("fresh"))));
    return box;
}

function rating(widget, talk) {
    const why = h("textarea", { rows: 2, maxlength: 2000, dir: "auto", "aria-label": widget.word("rateWhy"), placeholder: widget.word("rateWhy") });
    const more = h("div", { class: "why", hidden: true }, why,
        h("button", { type: "button", onclick: () => give(chosen) }, widget.word("send")));
    let chosen = true;
    const choice = (isGood, shape, word) => h("button", { type: "button", class: "thumb", onclick: event => {
        chosen = isGood;
        more.hidden = false;
        for (const each of box.querySelectorAll(".thumb")) each.setAttribute("aria-pressed", String(each === event.currentTarget));
        why.focus();
    }, "aria-pressed": "false" }, icon(shape), widget.word(word));
    const box = h("fieldset", { class: "rating" }, h("legend", {}, widget.word("rate")),
        h("div", { class: "row" }, choice(true, "up", "good"), choice(false, "thumbDown", "bad")), more);
    return box;

    async function give(isGood) {
        const { ok } = await widget.connection.ask(`chats/${widget.chat.key}/rating/`, {
            method: "POST", body: { good: isGood, comment: why.value.trim() },
        });
        if (!ok) return talk.notice(widget.word("failed"));
        widget.chat.rated = isGood ? "good" : "bad";
        box.replaceWith(thanks(widget));
        return undefined;
    }
}

function thanks(widget) {
    return h("p", { class: "thanks", role: "status" }, widget.word("thanks"));
}

export function askEnd(widget, talk) {
    const box = h("div", { class: "sure", role: "alertdialog", "aria-label": widget.word("endSure") },
        h("p", {}, widget.word("endSure")),
        h("div", { class: "row" },
            h("button", { type: "button", class: "wide", onclick: () => leave() }, widget.word("cancel")),
            h("button", { type: "button", class: "wide primary", onclick: end }, widget.word("end"))));
    box.addEventListener("keydown", event => {
        if (event.key !== "Escape") return;
        event.preventDefault();
        leave();
    });
    talk.foot.before(box);
    box.querySelector("button").focus();

    function leave() {
        box.remove();
        talk.composer.querySelector("textarea").focus();
    }

    async function end() {
        const { ok } = await widget.connection.ask(`chats/${widget.chat.key}/end/`, { method: "POST", body: {} });
        box.remove();
        if (!ok) return talk.notice(widget.word("failed"));
        widget.chat.state = "ended";
        widget.store.set("living", false);
        widget.refreshHeader();
        return talk.refresh();
    }
}

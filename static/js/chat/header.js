// The head of the panel: who is there, the way back, and what can be done with the chat.
import { h, icon, iconButton, initials } from "./dom.js";

export function header(widget) {
    const { config, view } = widget;
    const inTalk = view === "talk" && widget.chat;
    const agent = inTalk ? widget.chat.agent : null;
    const name = agent ? widget.word("from", { name: agent.name, house: config.name }) : config.name;
    return h("header", { class: "head" },
        view !== "home" ? iconButton("back", widget.word("back"), () => widget.show("home"), "on-brand flips") : null,
        picture(config, agent),
        h("div", { class: "who" }, h("h1", {}, h("bdi", {}, name)), h("p", {}, h("bdi", {}, status(widget, agent)))),
        inTalk ? menu(widget) : null,
        iconButton("down", widget.word("close"), () => widget.open(false), "on-brand"));
}

function picture(config, agent) {
    if (agent) return h("span", { class: "face", "aria-hidden": "true" }, agent.initials, h("i", { class: "dot" }));
    if (config.logo) return h("img", { class: "face", src: config.logo, alt: "" });
    return h("span", { class: "face", "aria-hidden": "true" }, initials(config.name));
}

function status(widget, agent) {
    const { chat } = widget;
    const { open, staffed, minutes } = widget.config;
    if (widget.view !== "talk" || !chat) {
        return open && staffed && minutes ? widget.word("usually", { n: minutes }) : widget.word(open ? "greeting" : "offline");
    }
    if (chat.state === "ended") return widget.word("ended");
    if (chat.state === "waiting" || !agent) return widget.word("waiting");
    return widget.word("here");
}

function menu(widget) {
    const { chat, connection, sound } = widget;
    const list = h("div", { class: "menu-list", role: "menu", hidden: true });
    const opener = iconButton("more", widget.word("menu"), () => toggle(list.hidden), "on-brand");
    opener.setAttribute("aria-haspopup", "menu");
    opener.setAttribute("aria-expanded", "false");
    const box = h("div", { class: "menu" }, opener, list);
    function toggle(isOpen) {
        list.hidden = !isOpen;
        opener.setAttribute("aria-expanded", String(isOpen));
        if (isOpen) list.firstElementChild.focus();
        else opener.focus();
    }
    const item = (words, act) => h("button", { type: "button", role: "menuitem", onclick: () => { toggle(false); act(); } }, words);
    list.append(...[
        item(widget.word(sound.isOn ? "soundOff" : "soundOn"), () => sound.toggle()),
        item(widget.word("keep"), () => save(widget)),
        chat.was_answered && widget.visitor.email ? item(widget.word("mail"), () => mail(widget)) : null,
        widget.isLiving ? item(widget.word("end"), () => widget.talk.askEnd()) : null,
    ].filter(Boolean));
    box.addEventListener("keydown", event => {
        const items = [...list.children];
        const at = items.indexOf(document.activeElement);
        const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
        if (step && !list.hidden) items.at((at + step) % items.length).focus();
        else if (event.key === "Escape" && !list.hidden) toggle(false);
        else return;
        event.preventDefault();
    });
    box.addEventListener("focusout", event => box.contains(event.relatedTarget) || (list.hidden = true, opener.setAttribute("aria-expanded", "false")));
    return box;
    async function save() {
        const { ok, told } = await connection.ask(`chats/${chat.key}/transcript/`, { method: "POST", body: {} });
        if (!ok) return widget.talk.notice(widget.word("failed"));
        return window.open(told.url, "_blank", "noopener");
    }
    async function mail() {
        const { ok, told } = await connection.ask(`chats/${chat.key}/transcript/`, { method: "POST", body: { by_mail: true } });
        widget.talk.notice(ok ? widget.word("mailed", { email: told.address }) : widget.word("notMailed"));
    }
}

// The conversation: messages as they come, what is on its way, where the visitor stands in the queue.
import { h, icon, linked, sizeOf } from "./dom.js";
import { composer } from "./composer.js";
import { askEnd, ending } from "./ending.js";
import { row } from "./help.js";

const TYPING = 5_000, NOTICE = 6_000;

export class TalkView {
    constructor(widget) {
        this.widget = widget;
        this.log = h("div", { class: "log", role: "log", "aria-live": "polite", "aria-relevant": "additions",
                             "aria-label": widget.word("chat"), tabindex: "0" });
        this.shown = new Map(); // key → element, so that only what is new is announced
        this.state = h("div", { class: "state", role: "status" });
        this.typing = h("p", { class: "typing", hidden: true });
        this.note = h("p", { class: "notice", role: "status", hidden: true });
        this.foot = h("div", { class: "talk-foot" });
        this.scroll = h("div", { class: "body talk" }, this.log, this.typing, this.state);
        this.composer = composer(widget, this);
        this.refusedIds = new Set();
        this.times = new Intl.DateTimeFormat(widget.config.language, { hour: "numeric", minute: "2-digit" });
        this.days = new Intl.DateTimeFormat(widget.config.language, { weekday: "long", day: "numeric", month: "long" });
    }

    element() {
        this.refresh();
        queueMicrotask(() => {
            this.toEnd();
            this.composer.grow();
        });
        return h("div", { class: "talk-box" }, this.scroll, this.note, this.foot);
    }

    // The unsent words of the last page or visit.
    restore() {
        this.composer.querySelector("textarea").value = this.widget.store.get("draft", "");
    }

    get items() {
        const { messages, connection } = this.widget;
        const said = [...messages.values()];
        const known = new Set(said.map(each => each.client_id).filter(Boolean));
        const chat = this.widget.chat?.key ?? "";
        const waiting = connection.outbox
            .concat(this.justTaken ?? [])
            .filter(each => !each.is_offline && !known.has(each.client_id) && (!each.chat || each.chat === chat))
            .filter((each, at, all) => all.findIndex(other => other.client_id === each.client_id) === at);
        return [...said, ...waiting.map(each => ({ ...each, own: true, isWaiting: true, files: each.shown ?? [] }))];
    }

    refresh() {
        const atEnd = this.#isAtEnd();
        const items = this.items;
        this.#draw(items);
        this.refreshState();
        const { chat, isFresh } = this.widget;
        const wanted = chat?.state === "ended" && !isFresh && !this.writesAgain ? ending(this.widget, this) : this.composer;
        if (wanted === this.composer ? this.foot.firstChild !== wanted : this.foot.dataset.of !== `${chat.key}${chat.rated}`) {
            this.foot.dataset.of = wanted === this.composer ? "" : `${chat.key}${chat.rated}`;
            this.foot.replaceChildren(wanted);
        }
        if (atEnd) this.toEnd();
    }

    #draw(items) {
        const wanted = [];
        let day = "";
        for (const item of items) {
            const on = this.days.format(new Date(item.at));
            if (on !== day) wanted.push(this.#once(`day ${on}`, () => h("p", { class: "day" }, this.#dayName(item.at))));
            day = on;
            const key = item.client_id || `said ${item.id}`;
            wanted.push(this.#once(key, () => this.#bubble(item)));
            this.#mark(this.shown.get(key), item);
        }
        for (const [key, element] of this.shown) {
            if (wanted.includes(element)) continue;
            element.remove();
            this.shown.delete(key);
        }
        wanted.forEach((element, at) => this.log.children[at] !== element && this.log.insertBefore(element, this.log.children[at] ?? null));
        this.#markLast(items);
    }

    #once(key, make) {
        if (!this.shown.has(key)) this.shown.set(key, make());
        return this.shown.get(key);
    }

    #bubble(item) {
        const { widget } = this;
        const name = item.own ? widget.word("you") : item.author;
        return h("div", { class: `said ${item.own ? "own" : "theirs"}` },
            h("span", { class: item.own ? "unseen" : "by", dir: "auto" }, name),
            item.text ? h("div", { class: "bubble" }, h("div", { dir: "auto" }, linked(item.text))) : null,
            item.files.map(file => this.#file(file)),
            h("span", { class: "unseen" }, this.times.format(new Date(item.at))),
            h("span", { class: "mark" }));
    }

    #file(file) {
        const size = sizeOf(file.size, this.widget.config.language);
        const body = file.image && file.url ? h("img", { src: file.url, alt: file.name, loading: "lazy", onload: () => this.#isAtEnd(400) && this.toEnd() })
            : [icon("file"), h("span", { dir: "auto" }, file.name), h("small", {}, size)];
        const css = file.image && file.url ? "file picture" : "file";
        return file.url ? h("a", { class: css, href: file.url, target: "_blank", rel: "noopener" }, body) : h("span", { class: css }, body);
    }

    #mark(element, item) {
        element.classList.toggle("is-waiting", Boolean(item.isWaiting));
        if (this.refusedIds.has(item.client_id)) element.classList.add("is-refused");
    }

    // Under the last of the visitor's own messages: on its way, sent, read.
    #markLast(items) {
        const { widget } = this;
        const own = items.filter(each => each.own);
        const lastRead = own.findLast(each => each.id && each.id <= (widget.chat?.read ?? 0));
        const last = own.at(-1);
        for (const item of own) {
            const mark = this.shown.get(item.client_id || `said ${item.id}`).lastElementChild;
            const word = this.refusedIds.has(item.client_id) ? "refused"
                : item.isWaiting && !item.isTaken ? "sending" : item === lastRead ? "read" : item === last ? "sent" : "";
            const text = word ? widget.word(word) : "";
            if (mark.textContent !== text) mark.textContent = text;
        }
    }

    #dayName(at) {
        const days = Math.round((new Date().setHours(0, 0, 0, 0) - new Date(at).setHours(0, 0, 0, 0)) / 86_400_000);
        if (days === 0) return this.widget.word("today");
        return days === 1 ? this.widget.word("yesterday") : this.days.format(new Date(at));
    }

    // Where the visitor stands, said once and again when it changes.
    refreshState() {
        const { widget } = this;
        const lines = widget.isConnected || !widget.connection.isWanted ? this.#standing() : [widget.word("offlineNow")];
        const text = lines.join("\n");
        if (this.stated === text) return;
        this.stated = text;
        this.state.replaceChildren(...lines.map(line => h("p", {}, line)));
        const mayAsk = lines.length && widget.chat?.state === "waiting" && !widget.visitor.email && widget.isConnected;
        if (mayAsk) this.state.append(this.#askEmail());
        if (widget.chat?.state === "waiting" && widget.config.help && !this.hasHelped) this.#help();
    }

    #standing() {
        const { widget } = this;
        const { chat } = widget;
        if (chat?.state === "held") return [widget.word("held", { name: chat.agent?.name ?? widget.config.name })];
        if (chat?.state !== "waiting") return [];
        const lines = [];
        if (!widget.config.staffed) return [widget.word("unstaffed")];
        if (chat.place) {
            const { ahead, seconds } = chat.place;
            const where = ahead === 0 ? "next" : ahead === 1 ? "ahead1" : "aheadN";
            const wait = seconds === null ? "waitUnknown" : seconds < 60 ? "waitLess" : "waitMinutes";
            lines.push(`${widget.word(where, { n: ahead })} ${widget.word(wait, { n: Math.round(seconds / 60) })}`);
        }
        if (widget.visitor.email) lines.push(widget.word("mayLeave"));
        return lines;
    }

    #askEmail() {
        const { widget } = this;
        const field = h("input", { type: "email", required: true, maxlength: 254, autocomplete: "email", "aria-label": widget.word("email"), placeholder: widget.word("email") });
        const note = h("p", { class: "note", role: "alert" });
        return h("form", { class: "ask-email", novalidate: true, onsubmit: async event => {
            event.preventDefault();
            const { ok, told } = field.value.trim() && field.checkValidity()
                ? await widget.connection.ask("visitor/", { method: "POST", body: { ...widget.around(), email: field.value.trim() } })
                : { ok: false };
            if (!ok) {
                note.textContent = widget.word("badEmail");
                return field.focus();
            }
            widget.visitor = { ...widget.visitor, ...told.visitor };
            widget.store.set("visitor", widget.visitor);
            this.stated = null;
            this.refreshState();
            return this.notice(widget.word("saved", { email: widget.visitor.email }));
        } }, h("p", {}, widget.word("giveEmail")), h("div", { class: "row" }, field, h("button", {}, widget.word("save"))), note);
    }

    // While somebody waits: what the help centre has for their first words.
    async #help() {
        this.hasHelped = true;
        const { widget } = this;
        const first = this.items.find(each => each.own)?.text ?? "";
        if (first.length < 8) return;
        const { told } = await widget.connection.ask(
            `articles/?about=1&language=${widget.config.language}&q=${encodeURIComponent(first.slice(0, 300))}`, { token: false });
        const found = (told.articles ?? []).slice(0, 2);
        if (!found.length || widget.chat?.state !== "waiting") return;
        const isEnd = this.#isAtEnd();
        this.state.before(h("aside", { class: "may-help" }, h("h2", {}, widget.word("found")), h("ul", {}, found.map(each => row(widget, each)))));
        if (isEnd) this.toEnd();
    }

    showTyping(name) {
        const { widget } = this;
        clearTimeout(this.typingTimer);
        const atEnd = this.#isAtEnd();
        this.typing.replaceChildren(h("span", { class: "dots", "aria-hidden": "true" }, h("i"), h("i"), h("i")),
            h("span", { class: "unseen" }, widget.word("types", { name })));
        this.typing.hidden = false;
        this.typingTimer = setTimeout(() => (this.typing.hidden = true), TYPING);
        if (atEnd) this.toEnd();
    }

    taken(clientId) {
        const element = this.shown.get(clientId);
        if (element) this.justTaken = (this.justTaken ?? []).map(each => each.client_id === clientId ? { ...each, isTaken: true } : each);
        this.refresh();
    }

    // What has left the outbox stays on the screen until the conversation itself has it.
    keep(message) {
        this.justTaken = [...(this.justTaken ?? []).slice(-50), message];
    }

    refused(clientId) {
        this.refusedIds.add(clientId);
        this.refresh();
    }

    heard() {
        this.typing.hidden = true;
    }

    notice(text) {
        this.note.textContent = text;
        this.note.hidden = false;
        clearTimeout(this.noteTimer);
        this.noteTimer = setTimeout(() => (this.note.hidden = true), NOTICE);
    }

    askEnd() {
        askEnd(this.widget, this);
    }

    #isAtEnd(within = 80) {
        return this.scroll.scrollHeight - this.scroll.scrollTop - this.scroll.clientHeight < within;
    }

    toEnd() {
        this.scroll.scrollTop = this.scroll.scrollHeight;
    }
}

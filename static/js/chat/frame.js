// The widget in its frame: what is open, which view is shown, and the talk with the script on the site.
import { Connection } from "./connection.js";
import { filled, h } from "./dom.js";
import { Store } from "./store.js";
import { launcher } from "./launcher.js";
import { header } from "./header.js";
import { articleView, homeView } from "./help.js";
import { formView, receivedView } from "./forms.js";
import { TalkView } from "./talk.js";
import { Sound } from "./sound.js";

class Widget {
    constructor(config) {
        this.config = config;
        this.store = new Store(config.key);
        this.site = null; // the origin of the page around, once it has spoken
        this.page = { url: "", title: "", referrer: "" };
        this.identity = null;
        this.visitor = {};
        this.chat = null;
        this.messages = new Map();
        this.unread = 0;
        this.isOpen = false;
        this.isConnected = true;
        this.isFresh = false; // the next message begins a new chat
        this.sound = new Sound(this.store);
        this.root = document.getElementById("widget");
        this.panel = h("section", { class: "panel", role: "dialog", "aria-label": config.name, hidden: true });
        this.foot = h("div", { class: "foot" });
        this.root.append(this.panel, this.foot);
        this.connection = new Connection({
            root: config.root, key: config.key, store: this.store,
            around: () => this.around(), identity: () => this.identity,
        });
        this.connection.page = () => this.page;
        this.talk = new TalkView(this);
        this.#listen();
    }

    word(name, values) {
        return filled(this.config.texts[name] ?? this.config.words[name] ?? name, values);
    }

    around() {
        return {
            page_url: this.page.url, page_title: this.page.title, referrer: this.page.referrer,
            language: navigator.language, time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
        };
    }

    get hasChat() {
        return this.chat !== null || this.connection.outbox.some(each => !each.is_offline);
    }

    // What this browser remembers of the last page, until the desk has said how it stands.
    get isGoingOn() {
        return Boolean(!this.chat && this.connection.token && this.store.get("living"));
    }

    get isLiving() {
        return this.chat !== null && this.chat.state !== "ended";
    }

    // Views

    show(name, detail) {
        this.view = name;
        this.store.setOfTab("view", ["talk", "home"].includes(name) ? name : "home");
        this.panel.replaceChildren(header(this), this.#body(name, detail));
        const first = this.panel.querySelector("[data-first]");
        if (this.isOpen && first) first.focus({ preventScroll: true });
        this.noteShown();
    }

    #body(name, detail) {
        if (name === "article") return articleView(this, detail);
        if (name === "form") return formView(this);
        if (name === "received") return receivedView(this);
        if (name === "talk") return this.talk.element();
        return homeView(this);
    }

    // The way to a person: at once where nothing is asked, after a few questions where something is.
    toPerson(text = "") {
        if (text) this.store.set("draft", text);
        const { config } = this;
        if (this.hasChat && !this.isFresh) return this.show("talk");
        const asks = config.questions.length
            || (config.asksName !== "no" && !this.visitor.name)
            || (config.asksEmail !== "no" && !this.visitor.email);
        return this.show(!config.open || asks ? "form" : "talk");
    }

    startFresh() {
        this.isFresh = true;
        this.toPerson();
    }

    refreshHeader() {
        this.panel.querySelector(".head")?.replaceWith(header(this));
    }

    // Open and closed

    open(isOpen, { focus = true } = {}) {
        if (this.isOpen === isOpen) return;
        this.isOpen = isOpen;
        this.store.setOfTab("open", isOpen);
        this.panel.hidden = !isOpen;
        this.root.classList.toggle("is-open", isOpen);
        if (isOpen) {
            const isKept = this.hasChat && (this.store.getOfTab("view") === "talk" || this.unread);
            this.show(this.isLiving || this.isGoingOn || isKept ? "talk" : "home");
            if (this.hasChat || this.connection.token) this.connection.begin();
        }
        this.refreshFoot();
        this.noteShown();
        if (focus && !isOpen) this.foot.querySelector("button")?.focus({ preventScroll: true });
    }

    refreshFoot() {
        const last = this.unread ? [...this.messages.values()].findLast(each => !each.own) : null;
        this.foot.replaceChildren(...launcher(this, last));
        const size = this.isOpen ? "open" : last ? "teaser" : "closed";
        this.tell({ size, side: this.config.side, label: `${this.config.name}: ${this.word("chat")}` });
    }

    // What was said

    take(messages, { isNews = true } = {}) {
        const fresh = messages.filter(each => !this.messages.has(each.id));
        for (const each of messages) this.messages.set(each.id, each);
        this.messages = new Map([...this.messages].sort((a, b) => a[0] - b[0]));
        const heard = fresh.filter(each => !each.own && each.id > (this.chat?.seen ?? 0));
        this.talk.refresh();
        if (!heard.length) return;
        this.talk.heard();
        if (!(this.isOpen && this.view === "talk") || document.hidden) this.unread += heard.length;
        if (isNews) this.sound.play();
        this.refreshFoot();
        this.noteShown();
    }

    // Receipts: shown is what a looked-at page shows, read what stands in the open conversation.
    noteShown() {
        if (document.hidden || !this.chat) return;
        const last = [...this.messages.values()].findLast(each => !each.own);
        if (!last) return;
        const isRead = this.isOpen && this.view === "talk";
        const [got, read] = [last.id, isRead ? last.id : 0];
        if (isRead && this.unread) {
            this.unread = 0;
            this.refreshFoot();
        }
        if (got <= (this.chat.got ?? 0) && read <= (this.chat.seen ?? 0)) return;
        this.chat.got = Math.max(got, this.chat.got ?? 0);
        this.chat.seen = Math.max(read, this.chat.seen ?? 0);
        this.connection.receipt(this.chat.key, got, read);
    }

    say({ text, files = [], answers = [], isOffline = false }) {
        const chat = this.isFresh ? "" : this.chat?.key ?? "";
        const message = {
            client_id: crypto.randomUUID?.() ?? `${Date.now()}-${Math.random().toString(36).slice(2, 12)}`,
            text, files: files.map(each => each.id), shown: files, chat, answers, at: new Date().toISOString(),
            page_url: this.page.url, page_title: this.page.title, is_offline: isOffline,
        };
        if (this.isFresh) this.#beginFresh();
        this.store.set("living", true);
        this.connection.say(message);
        this.talk.refresh();
        return message;
    }

    #beginFresh() {
        this.isFresh = false;
        this.chat = null;
        this.messages = new Map();
        this.unread = 0;
    }

    // Events

    #listen() {
        const on = (name, act) => this.connection.addEventListener(name, event => act(event.detail));
        on("visitor", visitor => this.#meet(visitor));
        on("welcome", told => {
            if (told.visitor) this.#meet(told.visitor);
            const wasLiving = this.isLiving;
            this.#change(told.chat);
            this.take(told.messages, { isNews: false });
            if (this.isLiving && !wasLiving && this.isOpen && this.view === "home") this.show("talk"); // begun in another tab
        });
        on("chat", chat => this.#change(chat));
        on("place", place => this.chat && this.#change({ ...this.chat, place }));
        on("messages", messages => this.take(messages));
        on("typing", name => this.talk.showTyping(name));
        on("outbox", () => this.talk.refresh());
        on("taken", ({ client_id }) => this.talk.taken(client_id));
        on("refused", ({ client_id }) => this.talk.refused(client_id));
        on("slow", () => this.talk.notice(this.word("slow")));
        on("state", ({ connected }) => {
            this.isConnected = connected;
            this.talk.refreshState();
        });
        on("forgotten", () => {
            this.#beginFresh();
            this.visitor = {};
            this.talk.refresh();
        });
        document.addEventListener("visibilitychange", () => this.noteShown());
        document.addEventListener("keydown", event => event.key === "Escape" && !event.defaultPrevented && this.open(false));
        addEventListener("message", event => this.#hear(event));
    }

    #meet(visitor) {
        this.visitor = { ...this.visitor, ...visitor };
        this.store.set("visitor", this.visitor);
    }

    #change(chat) {
        if (chat && this.chat && chat.key !== this.chat.key) this.#beginFresh();
        const before = this.chat;
        this.chat = chat && { ...chat, got: Math.max(chat.got, before?.got ?? 0), seen: Math.max(chat.seen, before?.seen ?? 0) };
        this.store.set("living", this.isLiving);
        this.refreshHeader();
        this.talk.refresh();
        this.noteShown();
    }

    tell(message) {
        parent.postMessage({ deskChat: 1, ...message }, this.site ?? "*");
    }

    // Only the page around may speak, and only from a site of the widget.
    #hear(event) {
        if (event.source !== parent || !event.data?.deskChat) return;
        if (event.origin !== location.origin && !this.config.sites.some(site => isOf(event.origin, site))) return;
        this.site = event.origin;
        this.store.tell = message => this.tell(message);
        const { page, identity, open, preview, phone, kept } = event.data;
        if (kept) this.store.fill(kept);
        if (!this.isBegun) this.begin();
        if (typeof phone === "boolean") this.root.classList.toggle("is-phone", phone);
        if (page) this.#moved(page);
        if (identity !== undefined) this.#identify(identity);
        if (typeof open === "boolean") this.open(open);
        if (preview) this.#preview(preview);
    }

    #moved(page) {
        this.page = page;
        this.connection.whisper({ page: { url: page.url, title: page.title } });
    }

    // The site's word for who this is. Another customer than before, or none: nothing of the former is shown.
    async #identify(identity) {
        const former = this.store.get("customer");
        this.identity = identity;
        if ((identity?.id ?? null) !== former && former !== null) {
            this.connection.socket?.close();
            this.store.forget();
            this.store.set("visitor", null);
            this.visitor = {};
            this.#beginFresh();
            this.refreshFoot();
        }
        this.store.set("customer", identity?.id ?? null);
        if (identity && this.connection.token && former === null) {
            const { ok } = await this.connection.ask("visitor/", { method: "POST", body: { ...this.around(), identity } });
            if (!ok) this.store.forget();
        }
        if (identity?.name && !this.visitor.name) this.visitor = { ...this.visitor, name: identity.name };
        if (identity?.email && !this.visitor.email) this.visitor = { ...this.visitor, email: identity.email };
        if (identity && !this.connection.token) await this.connection.meet();
        if (identity && this.connection.token) this.connection.begin();
    }

    // The settings page shows what it would look like.
    #preview(changes) {
        Object.assign(this.config, changes);
        dress(this.config);
        if (this.isOpen) this.show(this.view ?? "home");
        this.refreshFoot();
    }

    // The page around speaks first: what it has kept is needed before anything else.
    greet() {
        dress(this.config);
        this.tell({ ready: true, needsSite: this.store.needsSite });
    }

    begin() {
        this.isBegun = true;
        this.visitor = this.store.get("visitor", {});
        this.talk.restore();
        this.refreshFoot();
        const isKnown = this.connection.token && (this.store.get("living") || this.connection.outbox.length);
        if (isKnown) this.connection.begin();
        if (this.store.getOfTab("open") || document.body.dataset.open) this.open(true, { focus: false });
    }
}

function isOf(origin, site) {
    if (!site.includes("://*.")) return origin === site;
    const [scheme, host] = site.split("://*.");
    return origin.startsWith(`${scheme}://`) && origin.endsWith(`.${host}`);
}

function dress({ color, onColor, ink }) {
    const style = document.documentElement.style;
    style.setProperty("--brand", color);
    style.setProperty("--on-brand", onColor);
    if (ink) style.setProperty("--brand-ink-light", ink);
}

new Widget(JSON.parse(document.getElementById("config").textContent)).greet();

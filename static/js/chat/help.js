// Answers of the help centre, offered first; a person is one click away on every one of these views.
import { h, icon } from "./dom.js";

const PAUSE = 250;

function talkButton(widget, css = "") {
    const name = widget.isLiving ? "goOn" : widget.config.open ? "talk" : "leave";
    return h("button", { type: "button", class: `wide primary ${css}`, onclick: () => widget.toPerson() },
        icon("chat"), widget.word(name));
}

export function homeView(widget) {
    const { config } = widget;
    const note = !config.open ? "offline" : config.staffed ? "" : "unstaffed";
    const box = h("div", { class: "body home" },
        h("h2", { dir: "auto" }, widget.word("heading")),
        note ? h("p", { class: "hint", dir: "auto" }, widget.word(note), " ", backAt(widget)) : null,
        talkButton(widget));
    if (config.help) box.append(search(widget));
    return box;
}

function backAt({ config, word }) {
    if (config.open || !config.opensAt) return "";
    const when = new Intl.DateTimeFormat(config.language, { weekday: "long", hour: "numeric", minute: "2-digit" });
    return (config.words.opensAt ?? "").replace("{when}", when.format(new Date(config.opensAt)));
}

function search(widget) {
    const results = h("div", { class: "results", "aria-live": "polite" });
    const field = h("input", { type: "search", placeholder: widget.word("search"), "aria-label": widget.word("search"),
                               autocomplete: "off", maxlength: 200, "data-first": true });
    let timer;
    let asked = 0;
    async function look() {
        const turn = ++asked;
        const query = field.value.trim();
        const { told } = await widget.connection.ask(
            `articles/?language=${widget.config.language}&q=${encodeURIComponent(query)}`, { token: false });
        if (turn !== asked) return;
        const found = told.articles ?? [];
        results.replaceChildren(...(found.length
            ? [h("h3", {}, widget.word(query ? "found" : "popular")), h("ul", {}, found.map(each => row(widget, each)))]
            : query ? [h("p", { class: "hint" }, widget.word("nothing"))] : []));
    }
    field.addEventListener("input", () => {
        clearTimeout(timer);
        timer = setTimeout(look, PAUSE);
    });
    look();
    return h("div", { class: "search" }, h("div", { class: "search-field" }, icon("search"), field), results);
}

export function row(widget, article) {
    return h("li", {}, h("button", { type: "button", class: "article-row", lang: article.language,
                                     onclick: () => widget.show("article", article) },
        h("span", {}, h("strong", { dir: "auto" }, article.title), h("small", { dir: "auto" }, article.excerpt)),
        icon("forward")));
}

export function articleView(widget, article) {
    const text = h("div", { class: "article-text", dir: "auto", lang: article.language });
    const box = h("div", { class: "body article" },
        h("h2", { dir: "auto", tabindex: "-1", "data-first": true }, article.title), text,
        h("p", { class: "asks" }, widget.word("solved")),
        h("div", { class: "row" },
            h("button", { type: "button", class: "wide", onclick: () => widget.show(widget.isLiving ? "talk" : "home") }, widget.word("yes")),
            talkButton(widget)));
    widget.connection.ask(`articles/${article.id}/?language=${article.language}`, { token: false }).then(({ ok, told }) => {
        if (!ok) return text.append(widget.word("failed"));
        text.innerHTML = told.html; // sanitised by the help desk; the frame's policy lets no script of it run
        for (const link of text.querySelectorAll("a")) Object.assign(link, { target: "_blank", rel: "noopener" });
        return text.append(h("p", {}, h("a", { href: told.url, target: "_blank", rel: "noopener" }, widget.word("openPage"))));
    });
    return box;
}

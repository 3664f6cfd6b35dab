// Where the visitor writes: unsent text is kept, files wait beside it, Enter sends.
import { h, icon, iconButton, sizeOf } from "./dom.js";

const FILE_BYTES = 10 * 1024 * 1024, MOST_FILES = 10, TYPING_PAUSE = 2_500;
const EMOJI = "😀 😅 😂 🙂 😉 😊 😍 🤔 😐 😕 😢 😭 😡 😱 🤷 🙈 👍 👎 👌 👋 🙏 👏 💪 🤝 ❤️ 💔 🎉 ✨ 🔥 ⭐ ✅ ❌ ❗ ❓ 💡 📦 🚚 🎁 💳 📷 📞 ⏰".split(" ");

export function composer(widget, talk) {
    const files = [];
    const chips = h("ul", { class: "chips" });
    const field = h("textarea", { rows: 1, maxlength: 4000, dir: "auto", "aria-label": widget.word("message"),
                                  placeholder: widget.word("write"), "data-first": true, enterkeyhint: "send" });
    const picker = h("input", { type: "file", multiple: true, hidden: true, tabindex: "-1", "aria-hidden": "true" });
    const emoji = emojiBox(widget, field, keep);
    const send = h("button", { class: "round send", "aria-label": widget.word("send"), title: widget.word("send") }, icon("send"));
    const form = h("form", { class: "composer", onsubmit: submit }, chips,
        h("div", { class: "write" }, field, emoji.opener,
            widget.config.files ? iconButton("clip", widget.word("attach"), () => picker.click()) : null, send),
        emoji.list, picker);
    let typedAt = 0;

    function keep() {
        widget.store.set("draft", field.value || null);
        grow();
    }

    function grow() {
        field.style.height = "";
        if (field.value && field.scrollHeight) field.style.height = `${Math.min(field.scrollHeight, 132)}px`;
    }

    field.addEventListener("input", () => {
        keep();
        if (Date.now() - typedAt > TYPING_PAUSE && field.value) {
            typedAt = Date.now();
            widget.connection.whisper({ typing: true });
        }
    });
    field.addEventListener("keydown", event => {
        if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
        event.preventDefault();
        form.requestSubmit();
    });
    field.addEventListener("paste", event => take(event, event.clipboardData.files));
    picker.addEventListener("change", () => {
        attach([...picker.files]);
        picker.value = "";
    });
    for (const name of ["dragover", "drop"]) {
        talk.scroll.addEventListener(name, event => {
            event.preventDefault();
            if (name === "drop") take(event, event.dataTransfer.files);
        });
    }
    form.grow = grow;

    function take(event, given) {
        if (!given.length || !widget.config.files) return;
        event.preventDefault();
        attach([...given]);
    }

    function submit(event) {
        event.preventDefault();
        const text = field.value.trim();
        const ready = files.filter(each => each.id);
        if (!text && !ready.length || files.some(each => !each.id)) return;
        talk.keep(widget.say({ text, files: ready }));
        files.length = 0;
        chips.replaceChildren();
        field.value = "";
        talk.writesAgain = false;
        typedAt = 0;
        keep();
        talk.refresh();
        talk.toEnd();
        field.focus();
    }

    async function attach(given) {
        for (const file of given.slice(0, MOST_FILES - files.length)) {
            if (file.size > FILE_BYTES) {
                talk.notice(widget.word("tooLarge", { name: file.name }));
                continue;
            }
            const entry = { name: file.name, size: file.size };
            files.push(entry);
            const chip = chipOf(entry);
            chips.append(chip);
            const body = new FormData();
            body.append("file", file);
            const isMet = await widget.connection.meet();
            const { ok, told } = isMet ? await widget.connection.ask("files/", { method: "POST", body }) : { ok: false };
            if (ok) {
                Object.assign(entry, told);
                chip.classList.remove("is-loading");
            } else {
                drop(entry, chip);
                talk.notice(widget.word("notAttached", { name: file.name }));
            }
        }
    }

    function chipOf(entry) {
        const chip = h("li", { class: "chip is-loading" }, icon("file"), h("span", { dir: "auto" }, entry.name),
            h("small", {}, sizeOf(entry.size, widget.config.language)));
        chip.append(iconButton("close", widget.word("remove", { name: entry.name }), () => {
            drop(entry, chip);
            field.focus();
        }));
        return chip;
    }

    function drop(entry, chip) {
        const at = files.indexOf(entry);
        if (at >= 0) files.splice(at, 1);
        chip.remove();
    }

    return form;
}

function emojiBox(widget, field, keep) {
    const list = h("div", { class: "emoji", role: "group", "aria-label": widget.word("emoji"), hidden: true });
    const opener = iconButton("smile", widget.word("emoji"), () => toggle(list.hidden));
    opener.setAttribute("aria-expanded", "false");
    list.append(...EMOJI.map(each => h("button", { type: "button", "aria-label": each, onclick: () => {
        field.setRangeText(each, field.selectionStart, field.selectionEnd, "end");
        keep();
        toggle(false);
    } }, each)));
    list.addEventListener("keydown", event => {
        if (event.key === "Escape") {
            event.preventDefault();
            toggle(false);
        }
    });
    function toggle(isOpen) {
        list.hidden = !isOpen;
        opener.setAttribute("aria-expanded", String(isOpen));
        (isOpen ? list.firstElementChild : field).focus();
    }
    return { list, opener };
}

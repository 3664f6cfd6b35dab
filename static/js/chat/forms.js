// What is asked before a chat, and the message that is left outside business hours.
import { h } from "./dom.js";

export function formView(widget) {
    const { config, visitor } = widget;
    const isOffline = !config.open;
    const fields = [];
    if (config.asksName !== "no" && !visitor.name) {
        fields.push(field(widget, "name", widget.word("name"), config.asksName === config.required));
    }
    if ((config.asksEmail !== "no" || isOffline) && !visitor.email) {
        fields.push(field(widget, "email", widget.word("email"), isOffline || config.asksEmail === config.required,
            { type: "email", autocomplete: "email", hint: widget.word("emailWhy") }));
    }
    config.questions.forEach((question, number) => fields.push(
        field(widget, `q${number}`, question.label, question.is_required, question)));
    const message = field(widget, "message", widget.word("message"), true, { kind: "long", value: widget.store.get("draft", "") });
    message.querySelector("textarea").addEventListener("input", event => widget.store.set("draft", event.target.value));
    fields.push(message);
    fields[0].querySelector("input, select, textarea").dataset.first = "";
    const send = h("button", { class: "wide primary" }, widget.word(isOffline ? "send" : "start"));
    const problem = h("p", { class: "problem", role: "alert" });
    const form = h("form", { class: "body form", novalidate: true, onsubmit: submit },
        isOffline ? h("p", { class: "hint", dir: "auto" }, widget.word("offline")) : null, fields, problem, send);
    return form;

    async function submit(event) {
        event.preventDefault();
        problem.textContent = "";
        const bad = fields.filter(each => !check(widget, each));
        if (bad.length) return bad[0].querySelector("input, select, textarea").focus();
        send.disabled = true;
        const value = name => form.elements[name]?.value.trim() ?? "";
        const isKnown = await introduce(value("name"), value("email"));
        send.disabled = false;
        if (!isKnown) return undefined;
        const answers = config.questions.map((question, number) => [question.label, value(`q${number}`)]).filter(pair => pair[1]);
        widget.say({ text: value("message"), answers, isOffline });
        widget.store.set("draft", null);
        return widget.show(isOffline ? "received" : "talk");
    }

    async function introduce(name, email) {
        if (!(await widget.connection.meet())) {
            problem.textContent = widget.word("failed");
            return false;
        }
        if (!name && !email) return true;
        const { ok, status, told } = await widget.connection.ask("visitor/", {
            method: "POST", body: { ...widget.around(), name, email },
        });
        if (ok) widget.visitor = { ...widget.visitor, ...told.visitor };
        else problem.textContent = widget.word(status === 422 ? "badEmail" : "failed");
        return ok;
    }
}

function field(widget, name, label, isRequired, { kind = "text", type = "text", choices = [], hint = "", value = "", autocomplete = null } = {}) {
    const values = { name, id: `field-${name}`, required: isRequired, "aria-describedby": `note-${name}`, dir: "auto" };
    const control = kind === "long" ? h("textarea", { ...values, rows: 4, maxlength: 4000 })
        : kind === "choice" ? h("select", values, h("option", { value: "" }, widget.word("choose")), choices.map(each => h("option", {}, each)))
            : h("input", { ...values, type, maxlength: 254, autocomplete });
    if (value) control.value = value;
    return h("div", { class: "field" },
        h("label", { for: values.id, dir: "auto" }, label, isRequired ? null : h("small", {}, ` (${widget.word("optional")})`)),
        control, h("p", { id: `note-${name}`, class: "note" }, hint));
}

function check(widget, box) {
    const control = box.querySelector("input, select, textarea");
    const isGood = control.checkValidity() && (!control.required || control.value.trim() !== "");
    const note = box.querySelector(".note");
    control.setAttribute("aria-invalid", String(!isGood));
    note.classList.toggle("is-bad", !isGood);
    if (!isGood) note.textContent = widget.word(control.type === "email" && control.value ? "badEmail" : "needed");
    return isGood;
}

export function receivedView(widget) {
    return h("div", { class: "body received" },
        h("p", { role: "status", tabindex: "-1", "data-first": true }, widget.word("received")),
        h("button", { type: "button", class: "wide", onclick: () => widget.show("home") }, widget.word("back")));
}

// The composer: keeps what somebody writes, submits by key, and lets go of the text only when the server
// has taken it.
import { DraftKeeper } from "../compose/draft-keeper.js";
import { DraftTalk } from "../compose/draft-talk.js";
import { Meanwhile } from "../compose/meanwhile.js";
import { draftKey, newSubmitKey, sweepDrafts, writeDraft } from "../drafts.js";
import { send } from "../live.js";
import { asHtml } from "./rich-text.js";

const TYPING_EVERY = 3000;
const FIELDS = ["requester", "requester_name", "subject", "tags", "type", "priority", "assignment"]; // of a new ticket
const SUBMIT_KEYS = { KeyO: "open", KeyP: "pending", KeyH: "hold", KeyS: "solved" };

class TicketComposer extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.rich = this.querySelector("rich-text");
    this.files = this.querySelector("file-drop");
    this.macros = this.querySelector("macro-picker");
    this.isPage = !this.form.hasAttribute("hx-post"); // a form that leads to another page
    this.begun = JSON.parse(this.dataset.begun || "null");
    sweepDrafts({ alsoSent: !this.isPage });
    this.keeper = new DraftKeeper({
      key: draftKey(this.dataset.user, this.dataset.ticket), url: this.dataset.draft, begun: this.begun,
      token: () => this.form.elements.csrfmiddlewaretoken.value,
    });
    this.talk = new DraftTalk(this);
    this.keeper.addEventListener("elsewhere", ({ detail }) => this.followOther(detail));
    const parts = ["rich-text", "file-drop", "macro-picker", "recipient-field"].map((name) => customElements.whenDefined(name));
    Promise.all(parts).then(() => this.rich.ready).then(() => this.restore());
    this.listen();
    this.meanwhile = this.dataset.meanwhile ? new Meanwhile(this) : null;
    this.prepareDialog();
    this.showSubmit();
  }

  listen() {
    this.form.addEventListener("input", () => this.changed());
    this.form.addEventListener("uploads-changed", () => this.changed());
    this.form.addEventListener("recipients-changed", () => this.changed());
    this.form.addEventListener("change", (event) => event.target.name === "kind" && this.switched());
    this.form.addEventListener("keydown", (event) => this.pressed(event));
    this.form.addEventListener("submit", (event) => this.submitting(event), { capture: true });
    this.form.addEventListener("htmx:afterRequest", (event) => this.answered(event));
    this.form.addEventListener("click", (event) => this.clicked(event));
    this.onDocument = {
      "reply-taken-back": (event) => this.takeUp(event.detail),
      "composer-insert": (event) => this.insert(event.detail),
      "part-replaced": () => this.showSubmit(),
      visibilitychange: () => document.hidden && this.keeper.leave(),
    };
    for (const [name, listener] of Object.entries(this.onDocument)) document.addEventListener(name, listener);
    this.leaving = () => this.keeper.leave();
    addEventListener("pagehide", this.leaving);
  }

  disconnectedCallback() {
    for (const [name, listener] of Object.entries(this.onDocument)) document.removeEventListener(name, listener);
    removeEventListener("pagehide", this.leaving);
    this.meanwhile?.stop();
    this.keeper.destroy();
  }

  // "Send later": choosing a time chooses "at", and Enter there schedules instead of sending.
  prepareDialog() {
    this.dialog = this.querySelector("dialog.send-later");
    if (!this.dialog) return;
    this.dialog.addEventListener("click", (event) => {
      if (event.target.closest("[data-close]")) this.dialog.close();
    });
    this.dialog.addEventListener("input", (event) => {
      if (event.target.name === "send_later_at") this.dialog.querySelector('[value="at"]').checked = true;
    });
    this.dialog.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.target.closest("button")) return;
      event.preventDefault();
      event.stopPropagation();
      this.dialog.querySelector("[data-later]").click();
    });
  }

  clicked(event) {
    if (event.target.closest("[data-compose]")) {
      this.rich.focus(); // at once: the next key belongs to the text
      requestAnimationFrame(() => this.rich.focus()); // again: a label hands the focus to its radio
    }
    const submitter = event.target.closest("button:not([type=button])");
    if (submitter) this.submitter = submitter;
  }

  get kind() {
    return this.form.elements.kind?.value ?? "";
  }

  set kind(kind) {
    const radio = [...this.form.querySelectorAll('[name="kind"]')].find((each) => each.value === kind);
    if (radio) radio.checked = true;
    this.showSubmit();
  }

  get recipients() {
    return this.form.querySelector("recipient-field"); // drawn anew when the ticket's people change
  }

  get isEmpty() {
    return this.rich.editor.isEmpty;
  }

  switched() {
    this.showSubmit();
    this.changed();
  }

  // What the button says is what happens: a note is never sent.
  showSubmit() {
    const button = this.form.querySelector("[data-submit][data-as-public]");
    if (!button) return;
    const pattern = this.kind === "internal" ? button.dataset.asNote : button.dataset.asPublic;
    const words = pattern.replace("%s", button.dataset.word);
    if (button.textContent !== words) button.textContent = words;
  }

  restore() {
    const { draft, rival, isUnsaved, isGone } = this.keeper.begin(this.begun);
    this.form.elements.submit_key.value ||= draft?.submitKey || newSubmitKey();
    if (isGone) this.keeper.forget({ isSent: true });
    if (draft) this.show(draft);
    if (draft?.html || draft?.body || draft?.uploads?.length) this.talk.say(this.dataset.sayRestored);
    if (rival) this.talk.showRival(rival);
    this.was = JSON.stringify(this.content); // showing what was kept is no change
    this.isRestored = true;
    this.meanwhile?.wrote();
    if (isUnsaved) this.keeper.keep(this.content);
  }

  show(draft) {
    const html = draft.html ?? asHtml(draft.body ?? "");
    if (this.isEmpty && html) this.rich.setHtml(html);
    if (draft.kind) this.kind = draft.kind;
    for (const name of FIELDS) {
      const field = this.form.elements[name];
      if (field && !field.value && draft.fields?.[name]) field.value = draft.fields[name];
    }
    this.files?.restore(draft.uploads ?? []);
    this.recipients?.restore?.(draft.recipients);
    this.macros?.restore(draft.macros);
  }

  // A reply that was stopped: its text goes before what somebody has begun to write since.
  takeUp({ ticket, body, html, uploads }) {
    if (String(ticket) !== this.dataset.ticket) return;
    this.files?.restore(uploads);
    this.rich.editor.insertParagraphs(html || asHtml(body), "start");
    this.kind = "public";
    this.changed();
    this.talk.say(this.dataset.sayNotSent);
    this.rich.focus();
    this.rich.toEnd();
  }

  // From anywhere on the page: an article, a quote, a suggested answer.
  insert({ html, text, kind }) {
    if (kind) this.kind = kind;
    const phone = this.closest("ticket-page");
    if (phone && this.offsetParent === null) phone.showPane?.("conversation");
    this.rich.insert({ html, text });
    this.changed();
    this.form.scrollIntoView({ block: "nearest" });
  }

  get content() {
    const { editor } = this.rich;
    const fields = {};
    for (const name of FIELDS) {
      if (this.form.elements[name]?.value) fields[name] = this.form.elements[name].value;
    }
    return {
      html: editor.html || asHtml(editor.text), kind: this.kind, uploads: this.files?.kept ?? [],
      macros: this.macros?.state ?? [], recipients: this.recipients?.state ?? null, fields, submitKey: this.form.elements.submit_key.value,
    };
  }

  changed() {
    if (!this.isRestored || this.isSending) return;
    const { content } = this;
    const isNothing = !content.html && !content.uploads.length && !content.macros.length && !content.recipients && !Object.keys(content.fields).length;
    if (isNothing) {
      if (this.keeper.content || this.keeper.version) this.keeper.forget();
    } else if (JSON.stringify(content) !== this.was) {
      this.keeper.keep(content);
    }
    this.was = isNothing ? "" : JSON.stringify(content);
    this.meanwhile?.wrote();
    const now = Date.now();
    if (content.html && now - (this.typedAt ?? 0) > TYPING_EVERY && !this.isPage) {
      this.typedAt = now;
      send({ typing: Number(this.dataset.ticket) });
    }
  }

  pressed(event) {
    if (event.isComposing) return;
    let button = null;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey || sendsWithEnter(event))) button = this.form.querySelector("[data-submit]");
    else if (event.altKey && event.shiftKey && !event.ctrlKey && SUBMIT_KEYS[event.code]) {
      button = this.form.querySelector(`[data-submit-as="${SUBMIT_KEYS[event.code]}"]`);
    }
    if (!button) return;
    event.preventDefault();
    button.click(); // a click, so that its status goes along
  }

  submitting(event) {
    const stop = () => {
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    if (this.files?.isBusy) {
      stop();
      this.talk.notice(this.dataset.sayBusy);
      return;
    }
    const check = this.form.querySelector("reply-check");
    if (check?.review && !this.isReviewed) {
      stop();
      this.review(check, event.submitter);
      return;
    }
    this.files?.letGo(this.rich.editor.html);
    this.changed();
    this.isSending = true;
    this.keeper.pause();
    if (this.isPage) {
      writeDraft(this.keeper.key, { ...this.content, isSent: true, version: this.keeper.version });
      this.keeper.content = null;
    }
    for (const menu of this.form.querySelectorAll("details[open]")) menu.open = false;
    if (this.dialog?.open) this.dialog.close();
  }

  async review(check, submitter) {
    if (this.isReviewing) return;
    this.isReviewing = true;
    const isFine = await Promise.resolve(check.review()).catch(() => true); // a broken check stops nobody
    this.isReviewing = false;
    if (isFine === false) return;
    this.isReviewed = true;
    (submitter ?? this.form.querySelector("[data-submit]")).click();
    this.isReviewed = false;
  }

  answered(event) {
    if (event.detail.elt !== this.form) return;
    this.isSending = false;
    if (event.detail.successful) {
      this.taken();
    } else {
      this.keeper.resume();
      if (!event.detail.xhr?.status) this.talk.notice(this.dataset.sayUnreachable);
      this.meanwhile?.stopped();
    }
    if (!this.form.querySelector(".composer-notice [data-anyway]")) this.rich.focus();
  }

  taken() {
    this.isSending = true; // emptying the form is no change
    this.rich.setHtml("");
    this.files?.clear();
    this.macros?.clear();
    this.isSending = false;
    this.was = "";
    if (this.kind !== "internal") this.recipients?.settle?.();
    this.form.elements.submit_key.value = newSubmitKey();
    this.keeper.forget({ isSent: true });
    this.meanwhile?.look();
  }

  // The same person wrote elsewhere: if nothing was typed here since, that text is shown; else they choose.
  followOther(draft) {
    const isUntouched = !this.keeper.content || this.keeper.content.html === draft.html || this.isEmpty;
    if (!isUntouched || this.form.contains(document.activeElement)) return;
    this.keeper.take(draft);
    this.isRestored = false;
    this.rich.setHtml(draft.html ?? "");
    this.show(draft);
    this.isRestored = true;
    this.was = JSON.stringify(this.content);
    this.talk.say(this.dataset.sayRestored);
  }

  showInstead(draft) {
    this.isRestored = false;
    this.rich.setHtml(draft.html ?? "");
    this.files?.clear();
    this.show(draft);
    this.isRestored = true;
  }
}

// Who has chosen so sends with Enter alone; Shift+Enter begins a line, and Enter that chooses from a list does that.
function sendsWithEnter(event) {
  if (!("sendsWithEnter" in document.body.dataset) || event.shiftKey || event.altKey || event.defaultPrevented) return false;
  return event.target.isContentEditable || event.target.matches("textarea");
}

customElements.define("ticket-composer", TicketComposer);

// What is written in a side conversation: kept as it is typed, looked over before it leaves, sent by key.
import { DraftKeeper } from "../compose/draft-keeper.js";
import { DraftTalk } from "../compose/draft-talk.js";
import { draftKey, sweepDrafts } from "../drafts.js";
import { asHtml } from "./rich-text.js";

class SideComposer extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.rich = this.querySelector("rich-text");
    this.files = this.querySelector("file-drop");
    this.people = this.querySelector("side-people");
    this.begun = JSON.parse(this.dataset.begun || "null");
    sweepDrafts({ alsoSent: false });
    this.keeper = new DraftKeeper({
      key: draftKey(document.body.dataset.user, `${this.dataset.ticket}:${this.dataset.place}`), begun: this.begun,
      url: this.dataset.draft, token: () => this.form.elements.csrfmiddlewaretoken.value,
    });
    this.talk = new DraftTalk(this);
    const parts = ["rich-text", "file-drop", "side-people"].map((name) => customElements.whenDefined(name));
    this.ready = Promise.all(parts).then(() => this.rich.ready).then(() => this.restore());
    this.listen();
  }

  listen() {
    for (const name of ["input", "change", "uploads-changed", "people-changed"]) this.form.addEventListener(name, () => this.changed());
    this.form.addEventListener("keydown", (event) => this.pressed(event));
    this.form.addEventListener("submit", (event) => this.submitting(event), { capture: true });
    this.form.addEventListener("htmx:beforeOnLoad", (event) => this.answered(event));
    this.form.addEventListener("htmx:sendError", () => this.failed());
    this.addEventListener("click", (event) => {
      const button = event.target.closest("[data-quote]");
      if (button) this.quote(button.dataset.quote);
    });
    this.leaving = () => this.keeper.leave();
    this.hiding = () => document.hidden && this.keeper.leave();
    addEventListener("pagehide", this.leaving);
    document.addEventListener("visibilitychange", this.hiding);
  }

  disconnectedCallback() {
    removeEventListener("pagehide", this.leaving);
    document.removeEventListener("visibilitychange", this.hiding);
    this.keeper.leave();
    this.keeper.destroy();
  }

  get isEmpty() {
    return this.rich.editor.isEmpty && !this.files.kept.length;
  }

  restore() {
    const { draft, rival, isUnsaved, isGone } = this.keeper.begin(this.begun);
    if (isGone) this.keeper.forget({ isSent: true });
    const isRefused = !this.rich.editor.isEmpty; // the form came back with what was sent
    if (draft && !isRefused) this.show(draft);
    if (draft && !isRefused && !this.isEmpty) this.talk.say(this.dataset.sayRestored);
    if (rival && !isRefused) this.talk.showRival(rival);
    this.was = JSON.stringify(this.content);
    this.isRestored = true;
    if (isUnsaved || isRefused) this.keeper.keep(this.content);
  }

  show({ html, uploads, fields = {} }) {
    if (html) this.rich.setHtml(html);
    this.files.restore(uploads ?? []);
    const { subject } = this.form.elements;
    if (subject && fields.subject) subject.value = fields.subject;
    if (this.people && fields.to) this.people.replace(fields.to);
  }

  showInstead(draft) {
    this.isRestored = false;
    this.rich.setHtml("");
    this.files.clear();
    this.show(draft);
    this.isRestored = true;
  }

  // From elsewhere on the page: a message that is forwarded goes before what was begun.
  async begin({ subject, body, uploads }) {
    await this.ready;
    this.rich.editor.insertParagraphs(asHtml(body), "start");
    if (this.form.elements.subject) this.form.elements.subject.value = subject;
    this.files.restore(uploads);
    this.changed();
  }

  get content() {
    const { editor } = this.rich;
    const fields = { to: this.people?.chosen ?? [] };
    if (this.form.elements.subject) fields.subject = this.form.elements.subject.value;
    return { html: editor.html || asHtml(editor.text), kind: "public", uploads: this.files.kept, fields };
  }

  changed() {
    if (!this.isRestored || this.isSending) return;
    const { content } = this;
    if (this.isEmpty) {
      if (this.keeper.content || this.keeper.version) this.keeper.forget();
    } else if (JSON.stringify(content) !== this.was) {
      this.keeper.keep(content);
    }
    this.was = this.isEmpty ? "" : JSON.stringify(content);
  }

  quote(text) {
    const quote = document.createElement("blockquote");
    quote.innerHTML = asHtml(text);
    this.rich.insert({ html: `${quote.outerHTML}<p><br></p>` });
    this.rich.toEnd();
  }

  pressed(event) {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
    event.preventDefault();
    this.form.querySelector("[data-side-send]").click();
  }

  submitting(event) {
    const check = this.form.querySelector("reply-check");
    const isStopped = this.files.isBusy || (check?.review && !this.isReviewed);
    if (!isStopped) {
      this.files.letGo(this.rich.editor.html);
      this.isSending = true;
      this.keeper.pause();
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    if (this.files.isBusy) this.talk.notice(this.dataset.sayBusy);
    else this.review(check);
  }

  async review(check) {
    if (this.isReviewing) return;
    this.isReviewing = true;
    this.people?.take();
    const isFine = await Promise.resolve(check.review()).catch(() => true); // a broken check stops nobody
    this.isReviewing = false;
    if (isFine === false) return;
    this.isReviewed = true;
    this.form.querySelector("[data-side-send]").click();
    this.isReviewed = false;
  }

  // Before the answer takes the form's place.
  answered({ detail }) {
    if (detail.elt !== this.form) return;
    const { status } = detail.xhr;
    if (status < 300) this.keeper.forget({ isSent: true });
    else if (status !== 409 && status !== 422) this.failed(); // those bring the form anew
  }

  failed() {
    this.isSending = false;
    this.keeper.resume();
    this.talk.notice(this.dataset.sayUnreachable);
  }
}

customElements.define("side-composer", SideComposer);

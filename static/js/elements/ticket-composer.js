// The composer: keeps a draft while somebody writes, submits on Ctrl+Enter, and lets go of the text
// only when the server has taken it.
import { draftKey, newSubmitKey, readDraft, removeDraft, sweepDrafts, writeDraft } from "../drafts.js";
import { send } from "../live.js";

const SAVE_AFTER = 300;
const TYPING_EVERY = 3000;
const FIELDS = ["requester", "requester_name", "subject", "tags", "type", "priority", "assignment"]; // of a new ticket

class TicketComposer extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.body = this.form.elements.body;
    this.files = this.querySelector("file-drop");
    this.macros = this.querySelector("macro-picker");
    this.key = draftKey(this.dataset.user, this.dataset.ticket);
    this.isPage = !this.form.hasAttribute("hx-post"); // a form that leads to another page
    sweepDrafts({ alsoSent: !this.isPage });
    const parts = ["file-drop", "macro-picker"].map((name) => customElements.whenDefined(name));
    Promise.all(parts).then(() => this.restore());
    this.form.addEventListener("input", () => this.changed());
    this.form.addEventListener("uploads-changed", () => this.changed());
    this.form.addEventListener("keydown", (event) => this.pressed(event));
    this.form.addEventListener("submit", (event) => this.submitting(event), { capture: true });
    this.form.addEventListener("htmx:afterRequest", (event) => this.answered(event));
    this.form.addEventListener("click", (event) => {
      if (!event.target.closest("[data-compose]")) return;
      this.body.focus(); // at once: the next key belongs to the text
      requestAnimationFrame(() => this.body.focus()); // again: a label hands the focus to its radio
    });
    addEventListener("pagehide", () => this.save());
    this.takenBack = (event) => this.takeUp(event.detail);
    document.addEventListener("reply-taken-back", this.takenBack);
    this.prepareDialog();
  }

  disconnectedCallback() {
    document.removeEventListener("reply-taken-back", this.takenBack);
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

  // A reply that was stopped: its text goes before what somebody has begun to write since.
  takeUp({ ticket, body, uploads }) {
    if (String(ticket) !== this.dataset.ticket) return;
    this.body.value = [body, this.body.value].filter(Boolean).join("\n\n");
    this.files?.restore(uploads);
    const reply = this.form.querySelector('[name="kind"][value="public"]');
    if (reply) reply.checked = true;
    this.save();
    this.say("Not sent. Your text is here again.");
    this.body.focus();
    this.body.setSelectionRange(this.body.value.length, this.body.value.length);
  }

  get kind() {
    return this.form.elements.kind?.value ?? "";
  }

  restore() {
    const draft = readDraft(this.key);
    this.form.elements.submit_key.value ||= draft?.submitKey || newSubmitKey();
    if (!draft) return;
    if (!this.body.value && draft.body) this.body.value = draft.body;
    const kinds = [...this.form.querySelectorAll('[name="kind"]')];
    const radio = kinds.find((each) => each.value === draft.kind);
    if (radio) radio.checked = true;
    for (const name of FIELDS) {
      const field = this.form.elements[name];
      if (field && !field.value && draft.fields?.[name]) field.value = draft.fields[name];
    }
    this.files?.restore(draft.uploads ?? []);
    this.macros?.restore(draft.macros);
    if (draft.body || draft.uploads?.length) this.say("Draft restored");
  }

  changed() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), SAVE_AFTER);
    const now = Date.now();
    if (this.body.value && now - (this.typedAt ?? 0) > TYPING_EVERY && !this.isPage) {
      this.typedAt = now;
      send({ typing: Number(this.dataset.ticket) });
    }
  }

  save({ isSent = false } = {}) {
    clearTimeout(this.timer);
    if (!this.form.isConnected) return;
    const uploads = this.files?.kept ?? [];
    const fields = {};
    for (const name of FIELDS) {
      if (this.form.elements[name]?.value) fields[name] = this.form.elements[name].value;
    }
    const macros = this.macros?.state ?? [];
    const isEmpty = !this.body.value && !uploads.length && !Object.keys(fields).length && !macros.length;
    if (isEmpty) {
      removeDraft(this.key);
      this.say("");
      return;
    }
    const submitKey = this.form.elements.submit_key.value;
    const isKept = writeDraft(this.key, {
      body: this.body.value, kind: this.kind, uploads, macros, fields, submitKey, isSent: isSent || this.isSent,
    });
    this.say(isKept ? "Draft saved" : "This browser cannot keep drafts");
  }

  pressed(event) {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
    event.preventDefault();
    this.form.querySelector("[data-submit]").click(); // a click, so that its status goes along
  }

  submitting(event) {
    if (this.files?.isBusy) {
      event.preventDefault();
      event.stopImmediatePropagation();
      this.notice("A file is still on its way. Submit again when it is there.");
      return;
    }
    if (!this.isReviewed && this.form.querySelector("reply-check")) {
      event.preventDefault();
      event.stopImmediatePropagation();
      this.reviewed(event.submitter);
      return;
    }
    this.isSent = this.isPage;
    this.save();
    for (const menu of this.form.querySelectorAll("details[open]")) menu.open = false;
    if (this.dialog?.open) this.dialog.close();
  }

  // Looks the reply over, and submits it when nothing is doubtful about it.
  async reviewed(submitter) {
    if (this.isReviewing) return;
    this.isReviewing = true;
    const isFine = await this.form.querySelector("reply-check").review();
    this.isReviewing = false;
    if (!isFine || !this.isConnected) return;
    this.isReviewed = true;
    submitter ? submitter.click() : this.form.requestSubmit();
    this.isReviewed = false;
  }

  answered(event) {
    if (event.detail.elt !== this.form) return;
    if (event.detail.successful) {
      this.body.value = "";
      this.files?.clear();
      this.macros?.clear();
      if (this.kind !== "internal") this.querySelector("recipient-field")?.settle?.();
      this.form.elements.submit_key.value = newSubmitKey();
      removeDraft(this.key);
      this.say("");
    } else if (!event.detail.xhr?.status) {
      this.notice("The server cannot be reached. Your text is kept: submit again in a moment.");
    }
    this.body.focus();
  }

  notice(words) {
    const place = this.querySelector(".composer-notice");
    const box = document.createElement("div");
    box.className = "notice warn";
    box.setAttribute("role", "alert");
    box.textContent = words;
    place.replaceChildren(box);
  }

  say(words) {
    const place = this.querySelector("[data-draft-state]");
    if (place && place.textContent !== words) place.textContent = words;
  }
}

customElements.define("ticket-composer", TicketComposer);

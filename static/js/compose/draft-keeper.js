// Keeps what somebody writes: in this browser at once, on the server within a second. Each copy knows
// which version it goes on from, so that a second window or machine is noticed and nothing is
// overwritten unseen.
import { readDraft, removeDraft, writeDraft } from "../drafts.js";

const SAVE_AFTER = 600;
const TRY_AGAIN = 5000;
const LONGEST_WAIT = 60_000;

export class DraftKeeper extends EventTarget {
  constructor({ key, url, token, begun }) {
    super();
    this.key = key;
    this.url = url;
    this.token = token;
    this.version = begun?.version ?? 0;
    this.known = new Set([plain(begun?.html)]); // texts that this window has read or written itself
    this.waits = TRY_AGAIN;
    this.heard = (event) => event.key === this.key && this.otherWindow(event.newValue);
    addEventListener("storage", this.heard);
  }

  // What to begin with: {draft, rival}; `rival` is another text of the same person, older or elsewhere.
  begin(begun) {
    const local = readDraft(this.key);
    if (!local) return { draft: begun ?? null };
    if (!this.url) return { draft: local };
    if (!local.isSynced) this.known.add(plain(local.html));
    if (local.isSynced) return { draft: begun, isGone: !begun };
    if ((local.version ?? 0) === this.version) return { draft: local, isUnsaved: true };
    if (!begun || plain(local.html) === plain(begun.html)) return { draft: begun ?? local, isUnsaved: !begun };
    return { draft: begun, rival: local };
  }

  keep(content) {
    this.content = content;
    this.isKept = writeDraft(this.key, { ...content, version: this.version, isSynced: false });
    const state = this.url ? "kept" : "saved"; // without an address, this browser is where it is kept
    this.say(this.isKept ? state : "full");
    if (!this.url || this.isRefused || this.isPaused) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), SAVE_AFTER);
  }

  // While a submit is under way nothing is saved: the server throws the draft away when it takes it.
  pause() {
    clearTimeout(this.timer);
    this.isPaused = true;
  }

  resume() {
    this.isPaused = false;
    this.save();
  }

  async save({ isLeaving = false } = {}) {
    clearTimeout(this.timer);
    if (!this.url || this.isRefused || this.isPaused || !this.content) return;
    if (this.isSaving) {
      this.isWanted = true;
      return;
    }
    const { content } = this;
    this.isSaving = true;
    try {
      await this.put(content, isLeaving);
    } catch {
      this.later();
    } finally {
      this.isSaving = false;
    }
    if (this.isWanted) {
      this.isWanted = false;
      this.save();
    }
  }

  async put(content, isLeaving) {
    const body = JSON.stringify({ ...content, version: this.version });
    this.known.add(plain(content.html));
    const response = await fetch(this.url, {
      method: "PUT", body, credentials: "same-origin", keepalive: isLeaving && body.length < 60_000,
      headers: { "Content-Type": "application/json", "HX-Request": "true", "X-CSRFToken": this.token() },
    });
    if (response.ok) {
      const { version } = await response.json();
      if (this.content === null) return; // sent meanwhile
      this.version = version;
      this.waits = TRY_AGAIN;
      if (this.content === content) {
        this.saved = content;
        writeDraft(this.key, { ...content, version, isSynced: true });
        this.say("saved");
      } else {
        this.isWanted = true;
      }
    } else if (response.status === 409) {
      if (!this.isPaused && this.content) this.moved((await response.json()).draft);
    } else if (response.status === 401 || response.status === 403) { // 403: signed in anew elsewhere
      this.say("signed-out");
      this.later({ isSilent: true });
    } else {
      this.later();
    }
  }

  // No connection, or a server that is starting: the copy in this browser holds until it is back.
  later({ isSilent = false } = {}) {
    if (!isSilent) this.say("offline");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), this.waits);
    this.waits = Math.min(this.waits * 2, LONGEST_WAIT);
  }

  // Another window or machine went on: nothing is saved until the person has chosen.
  moved(draft) {
    if (draft && this.known.has(plain(draft.html))) { // an earlier save of ours, whose answer never came
      this.version = draft.version;
      this.isWanted = true;
      return;
    }
    this.isRefused = true;
    this.rival = draft;
    this.dispatchEvent(new CustomEvent("rival", { detail: draft }));
  }

  otherWindow(text) {
    const draft = text ? JSON.parse(text) : null;
    if (!draft?.isSynced || draft.version === this.version) return;
    this.dispatchEvent(new CustomEvent("elsewhere", { detail: draft }));
  }

  // Mine stays: it goes on from what is on the server now.
  goOn(version) {
    this.version = version ?? this.rival?.version ?? 0;
    this.isRefused = false;
    this.rival = null;
    this.save();
  }

  take(draft) {
    this.known.add(plain(draft.html));
    this.version = draft.version;
    this.isRefused = false;
    this.rival = null;
    this.content = null;
    writeDraft(this.key, { ...draft, isSynced: true });
  }

  // The server has taken the text, or there is none any more.
  async forget({ isSent = false } = {}) {
    clearTimeout(this.timer);
    removeDraft(this.key);
    const had = this.version;
    this.content = null;
    this.version = 0;
    this.isWanted = false;
    this.isRefused = false;
    this.isPaused = false;
    this.say("");
    if (!had || isSent || !this.url) return;
    const headers = { "HX-Request": "true", "X-CSRFToken": this.token() };
    await fetch(`${this.url}?version=${had}`, { method: "DELETE", credentials: "same-origin", headers }).catch(() => null);
  }

  // The page goes: what is not on the server yet is handed over now.
  leave() {
    if (this.content && this.content !== this.saved && !this.isSaving) this.save({ isLeaving: true });
  }

  say(state) {
    this.dispatchEvent(new CustomEvent("state", { detail: state }));
  }

  destroy() {
    clearTimeout(this.timer);
    removeEventListener("storage", this.heard);
  }
}

// Html to compare: without what the server adds, and however it is written.
function plain(html) {
  const { body } = new DOMParser().parseFromString(html ?? "", "text/html");
  for (const link of body.querySelectorAll("a")) {
    link.removeAttribute("rel");
    link.removeAttribute("target");
  }
  for (const image of body.querySelectorAll("img")) image.replaceWith(image.dataset.cid ?? image.getAttribute("src")?.slice(4) ?? "");
  return body.innerHTML;
}

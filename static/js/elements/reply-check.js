// Looks over a reply: quietly while somebody writes, and once more before it leaves. The composer
// asks review() and waits; false keeps the reply here, with what is doubtful about it above the foot.
// A server that does not answer never keeps a reply back.
import { select, replace } from "../written.js";

const QUIET_FOR = 1000; // ms without a key
const PATIENCE = 2500;
const UNFINISHED = ["unanswered_question"]; // says nothing while the reply is being written

class ReplyCheck extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.place = this.querySelector("[data-findings]");
    this.field = this.querySelector("[data-overridden]");
    this.ignored = new Set();
    for (const name of ["input", "change", "uploads-changed", "recipients-changed", "people-changed"]) {
      this.form.addEventListener(name, () => this.edited());
    }
    this.form.addEventListener("htmx:afterRequest", (event) => {
      if (event.detail.elt === this.form && event.detail.successful) this.reset();
    });
    this.remember = (event) => {
      if (event.target === this.form) this.submitter = event.submitter;
    };
    document.addEventListener("submit", this.remember, { capture: true });
    this.addEventListener("click", (event) => this.clicked(event.target.closest("button")));
  }

  disconnectedCallback() {
    document.removeEventListener("submit", this.remember, { capture: true });
    clearTimeout(this.timer);
  }

  // Whether the reply may leave as it stands.
  async review() {
    clearTimeout(this.timer);
    const found = await this.ask();
    const doubts = found ? items(found).filter((item) => !this.ignored.has(keyOf(item))) : [];
    this.field.value = found ? items(found).map((item) => item.dataset.code).join() : "";
    this.show(found, doubts);
    this.toggleAttribute("data-stopped", doubts.length > 0);
    if (doubts.length) this.querySelector("[data-anyway]").focus();
    return doubts.length === 0;
  }

  edited() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.lookQuietly(), QUIET_FOR);
  }

  // Never takes the focus, and keeps a notice that says the same.
  async lookQuietly() {
    const found = await this.ask();
    if (!found || this.contains(document.activeElement)) return;
    const isStopped = this.hasAttribute("data-stopped");
    const doubts = items(found).filter(
      (item) => !this.ignored.has(keyOf(item)) && (isStopped || !UNFINISHED.includes(item.dataset.code)),
    );
    if (!doubts.length) this.removeAttribute("data-stopped");
    if (doubts.map(keyOf).join() !== items(this.place).map(keyOf).join()) this.show(found, doubts);
  }

  // The findings as the server words them; null when it cannot be asked, or not in time.
  async ask() {
    this.asking?.abort();
    const asking = new AbortController();
    this.asking = asking;
    const timer = setTimeout(() => asking.abort(), PATIENCE);
    try {
      const body = new FormData(this.form);
      const headers = { "HX-Request": "true" };
      const response = await fetch(this.dataset.url, {
        method: "POST", body, headers, credentials: "same-origin", signal: asking.signal,
      });
      if (!response.ok) return null;
      const holder = document.createElement("template");
      holder.innerHTML = await response.text();
      return holder.content;
    } catch {
      return null;
    } finally {
      clearTimeout(timer);
    }
  }

  show(found, doubts) {
    for (const item of found ? items(found) : []) if (!doubts.includes(item)) item.remove();
    this.place.replaceChildren(...(doubts.length ? found.children : []));
  }

  clicked(button) {
    if (!button) return;
    const item = button.closest("li");
    if (button.dataset.anyway !== undefined) this.sendAnyway();
    else if (button.dataset.ignore !== undefined) this.ignore();
    else if (item) this.remedy(button.dataset.remedy, button.dataset.value, item.dataset.excerpt);
  }

  ignore() {
    for (const item of items(this.place)) this.ignored.add(keyOf(item));
    this.place.replaceChildren();
    this.removeAttribute("data-stopped");
    select(this.form, "");
  }

  sendAnyway() {
    const submitter = this.submitter?.isConnected ? this.submitter : this.form.querySelector("[data-submit]");
    this.ignore();
    submitter.click();
  }

  remedy(kind, value, excerpt) {
    const recipients = this.form.querySelector("recipient-field");
    if (kind === "attach") this.form.querySelector("[data-file-input]")?.click();
    else if (kind === "add_cc") recipients?.add(value);
    else if (kind === "remove_cc") {
      const field = [...this.form.querySelectorAll('input[name="cc"]')].find((each) => each.value === value);
      if (field) recipients?.remove(field.closest("li"));
      else this.form.querySelector("side-people")?.takeOff(value);
    } else if (kind === "to_note") this.form.querySelector('[name="kind"][value="internal"]')?.click();
    else if (kind === "replace") replace(this.form, excerpt, value);
    else if (value) this.quote(value);
    else select(this.form, excerpt);
    this.edited();
  }

  // An open question, put in for an answer below it.
  quote(question) {
    select(this.form, "");
    const quote = document.createElement("blockquote");
    quote.textContent = question;
    const detail = { html: `${quote.outerHTML}<p><br></p>`, text: `\n> ${question}\n` };
    document.dispatchEvent(new CustomEvent("composer-insert", { detail }));
  }

  reset() {
    clearTimeout(this.timer);
    this.asking?.abort();
    this.ignored.clear();
    this.field.value = "";
    this.place.replaceChildren();
    this.removeAttribute("data-stopped");
  }
}

function items(place) {
  return [...place.querySelectorAll("li[data-code]")];
}

// The same doubt about the same words.
function keyOf(item) {
  return `${item.dataset.code}|${item.dataset.excerpt || item.textContent}`;
}

customElements.define("reply-check", ReplyCheck);

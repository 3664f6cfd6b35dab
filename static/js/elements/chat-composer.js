// The composer of a chat: Enter sends at once, "/" in an empty field offers canned answers. One message goes after
// the other; what could not be sent comes back into the field, and a second try is the same message.
import { post } from "../chats/deeds.js";
import { coalesced, fetchFragment } from "../fragments.js";
import { send } from "../live.js";
import { Options } from "../options.js";

const TELL_EVERY = 2500;
const NEAR = 300; // characters before the limit at which they are counted

class ChatComposer extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.text = this.querySelector("textarea");
    this.notice = this.querySelector("[data-notice]");
    this.turn = Promise.resolve();
    this.toldAt = 0;
    this.memory = `chat-draft-${this.dataset.ticket}`;
    this.text.value ||= localStorage.getItem(this.memory) ?? "";
    this.options = new Options(this.text, { list: this.querySelector("[data-answers-list]"), first: true, chosen: (option) => this.take(option) });
    this.offer = coalesced(() => this.fetchAnswers(), 120);
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    this.text.addEventListener("keydown", (event) => this.pressed(event));
    this.text.addEventListener("input", () => this.typed());
    this.text.addEventListener("blur", () => this.options.close());
    this.querySelector("[data-slash]").addEventListener("click", () => this.slash());
    for (const radio of this.form.elements.kind) radio.addEventListener("change", () => (this.count(), this.text.focus()));
    this.count();
    if (matchMedia("(min-width: 761px)").matches) this.text.focus();
  }

  get isNote() {
    return this.form.elements.kind.value === "internal";
  }

  pressed(event) {
    if (event.key !== "Enter" || event.shiftKey || event.altKey || event.isComposing) return;
    event.preventDefault();
    this.submit();
  }

  typed() {
    localStorage.setItem(this.memory, this.text.value);
    this.count();
    if (this.text.value.startsWith("/")) this.offer();
    else this.options.close();
    if (this.isNote || !this.text.value || Date.now() - this.toldAt < TELL_EVERY) return;
    this.toldAt = Date.now();
    send({ chatting: Number(this.dataset.ticket), typing: Number(this.dataset.ticket) });
  }

  count() {
    const left = Number(this.dataset.limit) - [...this.text.value].length;
    const place = this.querySelector("[data-count]");
    place.classList.toggle("bad", left < 0);
    const words = left < 0 ? this.dataset.over : this.dataset.left;
    place.textContent = this.isNote || left > NEAR ? "" : words.replace("{n}", Math.abs(left));
    this.querySelector("[data-submit]").disabled = left < 0 && !this.isNote;
  }

  slash() {
    if (!this.text.value) this.text.value = "/";
    this.text.focus();
    this.offer();
  }

  async fetchAnswers() {
    const query = this.text.value.slice(1);
    const found = await fetchFragment(`${this.dataset.answers}?${new URLSearchParams({ q: query })}`);
    if (!this.text.value.startsWith("/")) return;
    this.options.list.replaceChildren(...found.children);
    this.options.refresh();
  }

  take(option) {
    this.text.value = option.dataset.text;
    this.options.close();
    this.typed();
    this.text.setSelectionRange(this.text.value.length, this.text.value.length);
  }

  submit() {
    const drop = this.querySelector("file-drop");
    const uploads = this.querySelectorAll('[name="upload"]').length;
    if (drop.isBusy || this.querySelector("[data-submit]").disabled || !(this.text.value.trim() || uploads)) return;
    const body = new FormData(this.form);
    body.set("submit_key", this.again?.text === this.text.value ? this.again.key : crypto.randomUUID());
    const text = this.text.value;
    this.text.value = "";
    drop.clear();
    this.notice.textContent = "";
    this.typed();
    this.turn = this.turn.then(() => this.deliver(body, text));
  }

  async deliver(body, text) {
    const { response, answer } = await post(this.form.action, body);
    if (response?.ok) {
      this.again = null;
      document.body.dispatchEvent(new CustomEvent("ticket-saved", { detail: { isAddition: true } }));
      document.querySelector("conversation-stream").showEnd();
      return;
    }
    this.again = { text, key: body.get("submit_key") };
    this.text.value = this.text.value ? `${text}\n${this.text.value}` : text;
    localStorage.setItem(this.memory, this.text.value);
    this.notice.textContent = answer.error || this.dataset.failed;
    document.dispatchEvent(new Event("chats-changed"));
  }
}

customElements.define("chat-composer", ChatComposer);

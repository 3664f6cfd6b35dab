// The conversation of a ticket: opens where the reader left off, fetches more of it on request, puts in
// what is new without moving what is being read, and tells the server how far it was read.
import { fetchFragment } from "../fragments.js";
import { toast } from "./app-toast.js";

const READ_AFTER = 800; // ms that a message must have been in view
const NEAR = 24; // px from the end that count as the end
const YEAR = 31_536_000;

class ConversationStream extends HTMLElement {
  connectedCallback() {
    this.stream = this.querySelector(".stream");
    this.arrived = 0;
    this.readId = 0;
    this.latest = this.dataset.latest; // when the newest message was written that the page knows of
    this.clicked = (event) => this.click(event);
    this.looked = () => this.later();
    this.named = () => this.goToNamed();
    document.addEventListener("click", this.clicked);
    document.addEventListener("visibilitychange", this.looked);
    addEventListener("focus", this.looked);
    addEventListener("hashchange", this.named);
    this.stream.addEventListener("scroll", () => this.scrolled(), { passive: true });
    this.stream.addEventListener("load", () => this.goToNamed({ onlyNamed: true }), { capture: true, once: true });
    this.prepareFilter();
    this.goToNamed();
    this.scrolled();
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
    document.removeEventListener("click", this.clicked);
    document.removeEventListener("visibilitychange", this.looked);
    removeEventListener("focus", this.looked);
    removeEventListener("hashchange", this.named);
  }

  get list() {
    return this.querySelector("[data-entries]");
  }

  get only() {
    return this.list.dataset.only;
  }

  get hasLater() {
    return "hasLater" in this.list.dataset;
  }

  // The place of the newest message, where the page shows the end; empty where it does not.
  get end() {
    const messages = this.hasLater ? [] : this.list.querySelectorAll("[data-order][id^=comment-]");
    return [...messages].at(-1)?.dataset.order ?? "";
  }

  get isAtEnd() {
    return !this.hasLater && this.stream.scrollTop > -NEAR; // turned round: 0 is the end
  }

  // Where to begin: the message of the address, else the first new one, else the end.
  goToNamed({ onlyNamed = false } = {}) {
    const named = /^#comment-\d+$/.test(location.hash) ? location.hash.slice(1) : this.list.dataset.asked;
    if (named) {
      const entry = document.getElementById(named);
      if (entry && this.contains(entry)) this.point(entry);
      else if (!onlyNamed && named === location.hash.slice(1)) this.replace({ comment: named.slice(8) });
      return;
    }
    const line = onlyNamed ? null : this.querySelector("#unread");
    if (line && line.getBoundingClientRect().top < this.stream.getBoundingClientRect().top + 8) this.showAtTop(line);
  }

  point(entry) {
    this.showAtTop(entry);
    entry.classList.remove("pointed");
    void entry.offsetWidth; // so that the animation begins anew
    entry.classList.add("pointed");
  }

  showAtTop(element) {
    this.stream.scrollTop += element.getBoundingClientRect().top - this.stream.getBoundingClientRect().top - 16;
  }

  click(event) {
    const target = event.target.closest?.("[data-more], [data-jump], [data-choose-only], [data-exact-times], .when");
    if (!target || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (target.matches(".when")) {
      if (!this.contains(target)) return;
      event.preventDefault();
      history.replaceState(null, "", linkTo(target.closest("[id]").id));
      this.point(target.closest("[id]"));
    } else if (target.matches("[data-choose-only]")) this.choose(target.dataset.chooseOnly);
    else if (target.matches("[data-exact-times]")) this.showExact(!this.hasAttribute("data-exact"));
    else if (this.contains(target)) {
      event.preventDefault();
      if (target.dataset.more) this.more(target.dataset.more);
      else this.jump(target.dataset.jump);
    }
  }

  async more(which) {
    const { first, last } = this.list.dataset;
    if (which === "before") await this.add({ before: first }, "before");
    else if (which === "after") await this.add({ after: last }, "after");
    else if (which === "first") {
      if (await this.replace({ at: "first" })) this.stream.scrollTop = -this.stream.scrollHeight;
    } else await this.jump("end");
  }

  async jump(where) {
    if (where === "unread") {
      const line = this.querySelector("#unread");
      if (line) this.showAtTop(line);
    } else await this.showEnd();
    this.stream.focus({ preventScroll: true });
    this.scrolled();
  }

  // Also when the reader has just written something: it stands at the end.
  async showEnd() {
    if (this.hasLater && !(await this.replace({ at: "end" }))) return;
    this.stream.scrollTop = 0;
    this.arrived = 0;
  }

  async fetch(wanted) {
    const query = new URLSearchParams({ only: this.only, ...wanted });
    try {
      return (await fetchFragment(`${this.dataset.url}?${query}`)).querySelector("[data-entries]");
    } catch {
      toast(this.dataset.failed);
      return null;
    }
  }

  async replace(wanted) {
    const incoming = await this.fetch(wanted);
    if (!incoming) return false;
    this.list.replaceWith(incoming);
    window.htmx.process(incoming);
    const asked = incoming.dataset.asked && document.getElementById(incoming.dataset.asked);
    if (asked) this.point(asked);
    this.scrolled();
    return true;
  }

  // One more window at an end. What is being looked at stays where it is.
  async add(wanted, edge) {
    const incoming = await this.fetch(wanted);
    if (!incoming) return;
    const hadFocus = this.list.querySelector(`[data-edge="${edge}"]`)?.contains(document.activeElement);
    this.anchored(() => {
      this.list.querySelector(`[data-edge="${edge}"]`)?.remove();
      const other = edge === "before" ? "after" : "before";
      const entries = [...incoming.children].filter(
        (each) => each.dataset.edge === edge || !(each.dataset.edge === other || each.dataset.edge === "only" || (each.id && document.getElementById(each.id))),
      );
      if (edge === "before") this.list.prepend(...entries);
      else this.list.append(...entries);
      for (const entry of entries) window.htmx.process(entry);
      if (edge === "before") this.list.dataset.first = incoming.dataset.first || this.list.dataset.first;
      else {
        this.list.dataset.last = incoming.dataset.last || this.list.dataset.last;
        if (!("hasLater" in incoming.dataset)) delete this.list.dataset.hasLater;
      }
    });
    this.say(edge === "before" ? this.dataset.saidEarlier : this.dataset.saidLater);
    if (hadFocus) (this.list.querySelector(`[data-edge="${edge}"] a`) ?? this.stream).focus({ preventScroll: true });
    this.scrolled();
  }

  // What the server has now: the end of the conversation, and `changed` messages before that.
  put(incoming, changed = []) {
    const news = [];
    this.anchored(() => {
      for (const entry of changed) if (document.getElementById(entry.id)) this.place(entry);
      const entries = [...incoming.children].filter((each) => each.dataset.order);
      const isTorn = !this.hasLater && entries.length && !entries.some((each) => document.getElementById(each.id));
      if (isTorn && "first" in incoming.dataset && this.list.dataset.first) {
        this.list.replaceWith(incoming); // more happened than one window holds
        window.htmx.process(incoming);
        return;
      }
      const first = [...this.list.children].find((each) => each.dataset.order)?.dataset.order ?? "";
      for (const entry of entries) {
        const isShown = document.getElementById(entry.id);
        const isNew = !isShown && entry.matches(".msg") && entry.dataset.order > this.latest;
        if (isNew) news.push(entry);
        if (isShown || !(this.hasLater || entry.dataset.order < first)) this.place(entry);
      }
      this.latest = news.at(-1)?.dataset.order ?? this.latest;
      if (!this.hasLater && incoming.dataset.last) this.list.dataset.last = incoming.dataset.last;
    }, { toEnd: this.isAtEnd });
    for (const entry of news) entry.classList.add("arrived"); // shows where it has been put in
    if (news.length) {
      this.say(this.dataset.saidNew.replace("NAME", news.at(-1).dataset.author));
      if (!this.isAtEnd) this.arrived += news.length;
      else if (news.at(-1).isConnected && news.at(-1).offsetHeight > this.stream.clientHeight) this.showAtTop(news.at(-1));
    }
    this.scrolled();
  }

  place(entry) {
    const shown = document.getElementById(entry.id);
    if (shown?.dataset.revision === entry.dataset.revision) return false;
    const openFold = shown?.querySelector("details.quoted[open]");
    if (shown && shown.dataset.order === entry.dataset.order) shown.replaceWith(entry);
    else {
      shown?.remove(); // a scheduled reply moves to where it was sent
      const others = [...this.list.children].filter((each) => each.dataset.order);
      const before = others.findLast((each) => each.dataset.order < entry.dataset.order);
      if (before) before.after(entry);
      else if (others.length) others[0].before(entry);
      else this.list.append(entry);
    }
    if (openFold) entry.querySelector("details.quoted")?.setAttribute("open", "");
    window.htmx.process(entry);
    return true;
  }

  anchored(change, { toEnd = false } = {}) {
    const top = this.stream.getBoundingClientRect().top;
    const seen = [...this.list.children].find((each) => each.dataset.order && each.getBoundingClientRect().bottom > top);
    const before = seen?.getBoundingClientRect().top;
    this.stream.style.overflowAnchor = "none"; // the browser must not do it a second time
    change();
    const now = seen && document.getElementById(seen.id);
    if (toEnd) this.stream.scrollTop = 0;
    else if (now) this.stream.scrollTop += now.getBoundingClientRect().top - before;
    this.stream.style.overflowAnchor = "";
  }

  scrolled() {
    const line = this.querySelector("#unread");
    const top = this.stream.getBoundingClientRect().top;
    const [up, down] = ["unread", "end"].map((name) => this.querySelector(`[data-jump="${name}"]`));
    if (this.isAtEnd) this.arrived = 0;
    up.hidden = !line || line.getBoundingClientRect().bottom > top;
    down.hidden = this.isAtEnd || (!this.hasLater && this.stream.scrollTop > -this.stream.clientHeight && !this.arrived);
    const words = down.querySelector("[data-jump-words]");
    const { plain, one, many } = words.dataset;
    const said = !this.arrived ? plain : this.arrived === 1 ? one : many.replace("NUMBER", this.arrived);
    if (words.textContent !== said) words.textContent = said;
    this.later();
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.tellRead(), READ_AFTER);
  }

  // The last message whose beginning was in view counts as read, with all before it.
  tellRead() {
    if (document.hidden || !document.hasFocus() || this.isKeptUnread || this.only) return;
    const end = this.stream.getBoundingClientRect().bottom;
    const seen = [...this.list.querySelectorAll("[data-order][id^=comment-]")].findLast((each) => each.getBoundingClientRect().top < end - 8);
    const id = Number(seen?.id.slice(8) ?? 0);
    if (!id || id === this.readId) return;
    this.readId = id;
    this.post(this.dataset.readUrl, { comment: id });
  }

  // From here on it counts as new again, until the page is opened anew.
  keepUnread(id) {
    this.isKeptUnread = true;
    return this.post(this.dataset.readUrl, { comment: id, unread: 1 });
  }

  async post(url, values) {
    const headers = { "HX-Request": "true", ...JSON.parse(document.body.getAttribute("hx-headers")) };
    const body = new URLSearchParams(values);
    try {
      return (await fetch(url, { method: "POST", headers, body, credentials: "same-origin", keepalive: true })).ok;
    } catch {
      return false; // the next look tells it
    }
  }

  prepareFilter() {
    this.showExact(localStorage.getItem("exact-times") === "1");
    const menu = document.querySelector(".conv-filter");
    menu?.addEventListener("toggle", () => menu.open && menu.querySelector('[aria-pressed="true"]')?.focus());
  }

  async choose(only) {
    document.cookie = `conversation=${only}; path=/; max-age=${YEAR}; samesite=lax`;
    const menu = document.querySelector(".conv-filter");
    if (menu?.open) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
    this.list.dataset.only = only;
    if (!(await this.replace({ at: "end" }))) return;
    this.stream.scrollTop = 0;
    for (const button of document.querySelectorAll(".conv-filter [data-choose-only]")) {
      button.setAttribute("aria-pressed", String(button.dataset.chooseOnly === only));
    }
    menu?.querySelector("summary").classList.toggle("on", Boolean(only));
  }

  showExact(isExact) {
    this.toggleAttribute("data-exact", isExact);
    document.querySelector("[data-exact-times]")?.setAttribute("aria-pressed", String(isExact));
    localStorage.setItem("exact-times", isExact ? "1" : "");
  }

  say(words) {
    const place = document.querySelector("[data-announce]");
    if (place) place.textContent = words;
  }
}

export function linkTo(entryId) {
  const url = new URL(location.href);
  url.searchParams.delete("at");
  url.searchParams.set("comment", entryId.slice(8));
  url.hash = entryId;
  return url.href;
}

customElements.define("conversation-stream", ConversationStream);

// One list for everything that is offered while somebody writes: people, articles, emoji, values. The
// cursor stays in the text; arrows choose, Enter or Tab takes, Escape leaves what was typed.
const ASK_AFTER = 110;
const LONGEST = 60; // letters behind a trigger
let made = 0;

export class Completion {
  constructor(rich, sources) {
    this.rich = rich;
    this.sources = sources;
    this.given = ""; // what Escape has left as it stands
    made += 1;
    this.box = document.createElement("div");
    this.box.className = "completion";
    this.box.popover = "manual";
    this.list = document.createElement("div");
    this.list.id = `completion-${made}`;
    this.list.setAttribute("role", "listbox");
    this.box.append(this.list);
    this.status = document.createElement("span");
    this.status.className = "sr-only";
    this.status.setAttribute("role", "status");
    rich.append(this.box, this.status);
    this.box.addEventListener("pointerdown", (event) => event.preventDefault()); // the text keeps the focus
    this.box.addEventListener("click", (event) => this.clicked(event));
    this.box.addEventListener("pointermove", (event) => this.hovered(event));
    this.outside = (event) => {
      if (this.isOpen && !this.box.contains(event.target) && !event.target.closest?.("[data-pick]")) this.close();
    };
    document.addEventListener("pointerdown", this.outside);
    addEventListener("resize", () => this.close());
  }

  get isOpen() {
    return Boolean(this.source);
  }

  get options() {
    return [...this.list.querySelectorAll("[role=option]:not([aria-disabled=true])")];
  }

  // Looks at what stands before the cursor.
  look() {
    const place = this.rich.editor.textBefore();
    if (this.isForced) return this.lookForced(place);
    const found = place && this.find(place.text);
    if (!found) {
      this.given = "";
      return this.close();
    }
    if (this.given === found.match[0].slice(0, this.given.length) && this.given) return undefined; // Escape was pressed here
    this.given = "";
    return this.offer(found.source, found.query, place.shift + found.start);
  }

  find(text) {
    for (const source of this.sources) {
      const match = source.pattern.exec(text.slice(-LONGEST));
      if (!match || !source.isOffered()) continue;
      const length = match[0].length - (match[1]?.length ?? 0);
      return { source, match, query: match[2], start: text.length - length };
    }
    return null;
  }

  // Opened by a button: what is typed from here on is what is looked for.
  open(name) {
    const source = this.sources.find((each) => each.name === name);
    if (!source) return;
    this.rich.editor.focus();
    const place = this.rich.editor.textBefore();
    this.isForced = true;
    this.forcedNode = place?.node ?? null;
    this.forcedAt = place ? place.offset : 0;
    this.offer(source, "", this.forcedAt);
  }

  lookForced(place) {
    const at = place?.node === this.forcedNode || !this.forcedNode ? this.forcedAt : 0;
    const query = place ? place.node.data.slice(at, place.offset) : "";
    if (!place ? this.wasTyped : place.offset < at) return this.close();
    this.wasTyped = Boolean(query);
    return this.offer(this.source, query.replaceAll("\u200B", ""), at);
  }

  offer(source, query, start) {
    const isNew = this.source !== source;
    this.source = source;
    this.start = start;
    this.query = query;
    clearTimeout(this.timer);
    const ask = () => this.ask(source, query);
    if (source.isLocal || isNew) ask();
    else this.timer = setTimeout(ask, ASK_AFTER);
  }

  async ask(source, query) {
    this.asked = (this.asked ?? 0) + 1;
    const turn = this.asked;
    let options = [];
    try {
      options = await source.find(query.trim());
    } catch {
      options = [];
    }
    if (turn !== this.asked || this.source !== source) return;
    this.show(source, options);
  }

  show(source, options) {
    if (!options.length) return this.hide();
    this.list.setAttribute("aria-label", source.label);
    this.list.classList.toggle("grid", Boolean(source.columns));
    for (const [at, option] of options.entries()) {
      option.setAttribute("role", "option");
      option.id = `${this.list.id}-${at}`;
      option.classList.add("pick");
    }
    this.list.replaceChildren(...options);
    if (!this.box.matches(":popover-open")) this.box.showPopover();
    this.rich.root.setAttribute("aria-controls", this.list.id);
    this.choose(this.options[0]);
    this.place();
    this.status.textContent = `${source.label}: ${options.length}`;
    return undefined;
  }

  place() {
    const cursor = this.rich.cursor();
    const room = document.documentElement;
    const box = this.box.getBoundingClientRect();
    const above = cursor.top - box.height - 6;
    const isRight = getComputedStyle(this.rich.root).direction === "rtl";
    const wanted = isRight ? cursor.left - box.width : cursor.left;
    this.box.style.left = `${Math.max(8, Math.min(wanted, room.clientWidth - box.width - 8))}px`;
    this.box.style.top = `${above >= 8 ? above : Math.min(cursor.bottom + 6, room.clientHeight - box.height - 8)}px`;
  }

  choose(option) {
    for (const each of this.options) each.setAttribute("aria-selected", String(each === option));
    this.chosen = option ?? null;
    if (!option) return this.rich.root.removeAttribute("aria-activedescendant");
    this.rich.root.setAttribute("aria-activedescendant", option.id);
    return option.scrollIntoView({ block: "nearest" });
  }

  // Returns whether the key was for the list.
  pressed(event) {
    if (!this.isOpen || !this.box.matches(":popover-open")) {
      if (this.isOpen && event.key === "Escape") this.close();
      return false;
    }
    const columns = this.source.columns ?? 1;
    const steps = { ArrowDown: columns, ArrowUp: -columns, ...(columns > 1 && { ArrowRight: 1, ArrowLeft: -1 }) };
    if (event.key in steps) return this.move(steps[event.key]);
    if (event.key === "Escape") {
      this.dismiss();
      return true;
    }
    if ((event.key === "Enter" || event.key === "Tab") && !event.shiftKey && !event.ctrlKey && !event.metaKey && this.chosen) {
      this.take(this.chosen);
      return true;
    }
    return false;
  }

  move(step) {
    const all = this.options;
    const next = all.indexOf(this.chosen) + step;
    const isWrapping = Math.abs(step) === 1;
    if (isWrapping) this.choose(all[(next + all.length) % all.length]);
    else if (all[next]) this.choose(all[next]);
    return true;
  }

  // Escape: what was typed is meant as it stands.
  dismiss() {
    const place = this.rich.editor.textBefore();
    const found = place && this.find(place.text);
    this.given = found ? found.match[0] : "";
    this.close();
  }

  clicked(event) {
    const option = event.target.closest("[role=option]:not([aria-disabled=true])");
    if (option) this.take(option);
  }

  hovered(event) {
    const option = event.target.closest("[role=option]:not([aria-disabled=true])");
    if (option && option !== this.chosen && event.pointerType === "mouse") this.choose(option);
  }

  take(option) {
    const { editor } = this.rich;
    const place = editor.textBefore();
    const html = option.dataset.insertHtml ?? "";
    const start = this.start;
    const isForced = this.isForced;
    this.close();
    const isBlock = /<(?:p|div|ul|ol|blockquote|pre|table|h\d)\b/i.test(html);
    if (place && (!isForced || place.offset > start)) editor.replaceLast(place.offset - start, isBlock ? "" : html);
    else if (!isBlock) editor.insert(html);
    if (isBlock) editor.insertParagraphs(html);
    editor.focus();
    this.status.textContent = option.dataset.label ?? option.textContent.trim();
  }

  hide() {
    if (this.box.matches(":popover-open")) this.box.hidePopover();
    this.chosen = null;
    this.rich.root.removeAttribute("aria-activedescendant");
    this.rich.root.removeAttribute("aria-controls");
    this.list.replaceChildren();
  }

  close() {
    clearTimeout(this.timer);
    this.source = null;
    this.isForced = false;
    this.wasTyped = false;
    this.asked = (this.asked ?? 0) + 1;
    if (this.box.isConnected) this.hide();
  }

  destroy() {
    document.removeEventListener("pointerdown", this.outside);
  }
}

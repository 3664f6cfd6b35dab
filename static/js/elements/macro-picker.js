// Macros in the composer: "/" at the beginning of a word or the button opens the list; Enter puts one
// into the form. Until the submit everything stands in the form alone and can be taken off again.
import { fetchFragment } from "../fragments.js";
import { filterOptions, optionsOf } from "./macro-list.js";
import { MacroStack } from "./macro-stack.js";
import { toast } from "./app-toast.js";
import { say } from "../words.js";

const PREVIEW_AFTER = 90;

class MacroPicker extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.rich = this.form.querySelector("rich-text");
    this.panel = this.querySelector("[data-macro-panel]");
    this.search = this.querySelector("[data-macro-search]");
    this.list = this.querySelector("[data-macro-list]");
    this.shown = this.querySelector("[data-macro-preview]");
    this.applyButton = this.querySelector("[data-macro-apply]");
    this.opener = this.form.querySelector("[data-open-macros]");
    this.stack = new MacroStack(this);
    this.opener.addEventListener("click", () => (this.panel.hidden ? this.open() : this.close()));
    customElements.whenDefined("rich-text").then(() => this.rich.ready).then(() => {
      this.rich.root?.addEventListener("input", (event) => this.typed(event));
      this.rich.root?.addEventListener("focus", () => (this.wasInText = true));
    });
    this.form.addEventListener("keydown", (event) => this.pressedInText(event), { capture: true });
    this.search.addEventListener("input", () => this.filter());
    this.panel.addEventListener("keydown", (event) => this.pressed(event));
    this.panel.addEventListener("input", (event) => event.stopPropagation());
    this.list.addEventListener("pointermove", (event) => this.hovered(event));
    this.list.addEventListener("click", (event) => this.clicked(event));
    this.applyButton.addEventListener("click", () => this.apply());
    this.querySelector("[data-macro-close]").addEventListener("click", () => this.cancel());
    this.querySelector("[data-macro-save]").addEventListener("click", () => this.askTitle());
    this.prepareKeeping();
    this.outside = (event) => {
      if (!this.panel.hidden && !this.panel.contains(event.target) && !this.opener.contains(event.target)) this.close(false);
    };
    document.addEventListener("pointerdown", this.outside);
  }

  disconnectedCallback() {
    document.removeEventListener("pointerdown", this.outside);
  }

  get state() {
    return this.stack.state;
  }

  restore(state) {
    return this.stack.restore(state ?? []);
  }

  clear() {
    this.stack.clear();
  }

  // A "/" at the beginning of a word is taken out again and opens the list.
  typed(event) {
    if (event.inputType && !event.inputType.startsWith("insert")) return;
    if (event.data !== "/" || event.isComposing) return;
    const place = this.rich.editor.textBefore();
    if (!place || !/(?:^|\s)\/$/.test(place.text) || this.rich.editor.isIn("PRE")) return;
    this.rich.editor.replaceLast(1, "");
    this.open({ isTyped: true });
  }

  // Right after a macro was applied, Ctrl+Z takes it off again.
  pressedInText(event) {
    if (!this.rich.contains(event.target) || event.key.toLowerCase() !== "z" || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
    if (!this.stack.isUntouched) return;
    event.preventDefault();
    event.stopPropagation();
    this.stack.takeOffLast();
  }

  async open({ isTyped = false } = {}) {
    this.isTyped = isTyped;
    if (!this.wasInText) this.rich.toEnd();
    this.panel.hidden = false;
    this.opener.setAttribute("aria-expanded", "true");
    this.search.value = "";
    this.search.focus();
    if (this.isLoaded) return this.filter();
    try {
      this.list.replaceChildren(await fetchFragment(this.dataset.url));
      this.isLoaded = true;
      this.filter();
    } catch {
      this.list.replaceChildren(note(say("macros-not-loaded")));
    }
  }

  close(returnsFocus = true) {
    if (this.panel.hidden) return;
    this.panel.hidden = true;
    this.opener.setAttribute("aria-expanded", "false");
    if (returnsFocus) this.rich.focus();
  }

  // Nothing typed is lost: a "/" that was meant as one goes back into the text.
  cancel() {
    const words = this.isTyped ? `/${this.search.value}` : "";
    this.close();
    if (!words) return;
    this.rich.editor.insert(words.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/ $/, "&nbsp;"));
    this.changed();
  }

  filter() {
    const first = filterOptions(this.list, this.search.value);
    this.choose(first);
    if (first) this.list.scrollTop = 0;
  }

  choose(option) {
    for (const each of optionsOf(this.list)) each.setAttribute("aria-selected", String(each === option));
    this.chosen = option ?? null;
    if (option) this.search.setAttribute("aria-activedescendant", option.id);
    else this.search.removeAttribute("aria-activedescendant");
    this.applyButton.hidden = !option;
    clearTimeout(this.previewing);
    if (!option) return this.shown.replaceChildren();
    option.scrollIntoView({ block: "nearest" });
    this.previewing = setTimeout(() => this.preview(option), PREVIEW_AFTER);
  }

  async preview(option) {
    const response = await this.ask(this.dataset.preview, option).catch(() => null);
    if (this.chosen !== option || !response) return;
    const holder = document.createElement("template");
    holder.innerHTML = await response.text();
    this.shown.replaceChildren(holder.content);
  }

  hovered(event) {
    const option = event.target.closest("[role=option]");
    if (option && option !== this.chosen && event.pointerType === "mouse") this.choose(option);
  }

  // A mouse has seen the preview on its way; a finger chooses first and applies with the button.
  clicked(event) {
    const option = event.target.closest("[role=option]");
    if (!option) return;
    const wasChosen = option === this.chosen;
    if (!wasChosen) this.choose(option);
    if (wasChosen || matchMedia("(hover: hover)").matches) this.apply();
    else this.search.blur();
  }

  pressed(event) {
    if (event.isComposing) return;
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      this.cancel();
    } else if (event.key === "Enter" && event.target === this.search) {
      event.preventDefault();
      event.stopPropagation();
      this.apply();
    } else if (["ArrowDown", "ArrowUp"].includes(event.key) && event.target === this.search) {
      event.preventDefault();
      this.move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === " " && event.target === this.search && !this.search.value && this.isTyped) {
      event.preventDefault();
      this.search.value = " ";
      this.cancel();
    } else if (event.key === "Backspace" && event.target === this.search && !this.search.value) {
      event.preventDefault();
      this.close();
    }
  }

  move(step) {
    const options = optionsOf(this.list).filter((each) => !each.hidden);
    if (!options.length) return;
    const at = options.indexOf(this.chosen);
    this.choose(options[(at + step + options.length) % options.length]);
  }

  ask(url, option) {
    const data = new FormData();
    for (const value of this.stack.values) data.append("macro", value);
    data.append("add", option.dataset.macro);
    data.append("before", this.rich.editor.text);
    data.append("kind", this.form.elements.kind?.value ?? "");
    for (const [name, value] of this.stack.fields) data.append(name, value);
    for (const name of this.named("about")) data.append(name, this.form.elements[name].value);
    return this.post(url, data);
  }

  // Inputs of a form for a new ticket: those that macros fill in, and those that tell who it is for.
  named(what) {
    return this.dataset[what]?.split(" ") ?? [];
  }

  post(url, data) {
    const headers = { "HX-Request": "true", "X-CSRFToken": this.form.elements.csrfmiddlewaretoken.value };
    return fetch(url, { method: "POST", body: data, headers, credentials: "same-origin" });
  }

  async apply() {
    const option = this.chosen;
    if (!option || this.isBusy) return;
    this.isBusy = true;
    this.panel.setAttribute("aria-busy", "true");
    try {
      const response = await this.ask(this.dataset.apply, option);
      const answer = await response.json().catch(() => ({}));
      if (!response.ok) return toast(answer.error ?? say("macro-not-applied"));
      this.close();
      this.stack.put(answer);
      for (const problem of answer.problems) toast(problem);
    } catch {
      toast(say("macro-no-connection"));
    } finally {
      this.isBusy = false;
      this.panel.removeAttribute("aria-busy");
    }
  }

  changed() {
    this.rich.changed();
  }

  prepareKeeping() {
    this.dialog = this.querySelector("[data-macro-keep]");
    this.title = this.dialog.querySelector("[data-keep-title]");
    this.problem = this.dialog.querySelector("[data-keep-problem]");
    for (const button of this.dialog.querySelectorAll("[data-keep-close]")) {
      button.addEventListener("click", () => this.dialog.close());
    }
    this.dialog.querySelector("[data-keep-save]").addEventListener("click", () => this.keep());
    this.dialog.addEventListener("input", (event) => event.stopPropagation());
    this.dialog.addEventListener("keydown", (event) => {
      event.stopPropagation(); // no submit of the reply from here
      if (event.key !== "Enter" || event.target !== this.title || event.isComposing) return;
      event.preventDefault();
      this.keep();
    });
  }

  askTitle() {
    this.close(false);
    this.problem.hidden = true;
    this.title.value = "";
    this.dialog.showModal();
    this.title.focus();
  }

  async keep() {
    const data = new FormData();
    data.append("title", this.title.value);
    data.append("body", this.rich.editor.text);
    data.append("kind", this.form.elements.kind?.value ?? "");
    const response = await this.post(this.dataset.keep, data).catch(() => null);
    const answer = await response?.json().catch(() => ({}));
    if (response?.ok) {
      this.dialog.close();
      this.isLoaded = false;
      toast(answer.said);
      this.rich.focus();
      return;
    }
    this.problem.textContent = answer?.error ?? say("not-saved");
    this.problem.hidden = false;
    this.title.focus();
  }
}

function note(words) {
  const box = document.createElement("p");
  box.className = "macro-none hint";
  box.textContent = words;
  return box;
}

customElements.define("macro-picker", MacroPicker);

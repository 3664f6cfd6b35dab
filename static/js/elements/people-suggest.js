// Puts a list of people under the field inside it, as a combobox (ARIA APG): arrows move, Enter or
// Tab takes, Escape closes. `data-url` answers <li role="option" data-id data-email data-name>,
// `data-kind` is customer, staff or any. Taking one writes the address (or what `data-value` names)
// into the field, fires `input` on it and "person-chosen" {id, email, name} on the element.
let made = 0;

class PeopleSuggest extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input");
    if (!this.input || this.list) return;
    this.list = document.createElement("ul");
    this.list.className = "options";
    this.list.id = `people-options-${(made += 1)}`;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", this.dataset.label ?? this.input.labels?.[0]?.textContent ?? "");
    this.list.hidden = true;
    this.append(this.list);
    const attributes = { role: "combobox", autocomplete: "off", "aria-autocomplete": "list",
      "aria-expanded": "false", "aria-controls": this.list.id };
    for (const [name, value] of Object.entries(attributes)) this.input.setAttribute(name, value);
    this.input.addEventListener("input", (event) => event.detail !== "chosen" && this.later());
    this.input.addEventListener("keydown", (event) => this.pressed(event), { capture: true });
    this.input.addEventListener("blur", () => this.close());
    // Before the field loses the focus, which would close the list under the pointer.
    this.list.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      const option = event.target.closest('[role="option"]');
      if (option) this.choose(option);
    });
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
  }

  get options() {
    return [...this.list.children];
  }

  get isOpen() {
    return !this.list.hidden;
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), 120);
  }

  async ask() {
    const typed = this.input.value.trim();
    if (!typed) return this.close();
    const query = new URLSearchParams({ q: typed, kind: this.dataset.kind ?? "any" });
    let response;
    try {
      response = await fetch(`${this.dataset.url}?${query}`, {
        headers: { "HX-Request": "true" }, credentials: "same-origin",
      });
    } catch {
      return this.close();
    }
    // What was typed meanwhile, or left, has its own answer.
    if (!response.ok || this.input.value.trim() !== typed || document.activeElement !== this.input) return;
    this.show(await response.text());
  }

  show(html) {
    this.list.innerHTML = html;
    this.options.forEach((option, place) => {
      option.id = `${this.list.id}-${place}`;
      option.setAttribute("aria-selected", "false");
    });
    this.list.hidden = !this.options.length;
    this.input.setAttribute("aria-expanded", String(this.isOpen));
    this.input.removeAttribute("aria-activedescendant");
  }

  close() {
    clearTimeout(this.timer);
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  pressed(event) {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" && !this.isOpen) return void this.ask();
    if (!this.isOpen) return;
    const at = this.options.find((option) => option.getAttribute("aria-selected") === "true");
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      event.stopPropagation();
      this.move(at, event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && at) {
      event.preventDefault();
      event.stopImmediatePropagation();
      this.choose(at);
    } else if (event.key === "Tab" && at) {
      this.choose(at);
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      this.close();
    }
  }

  move(at, step) {
    const options = this.options;
    const place = at ? options.indexOf(at) + step : step > 0 ? 0 : options.length - 1;
    const next = options[(place + options.length) % options.length];
    at?.setAttribute("aria-selected", "false");
    next.setAttribute("aria-selected", "true");
    next.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", next.id);
  }

  choose(option) {
    const { id, email, name } = option.dataset;
    this.input.value = option.dataset[this.dataset.value ?? "email"] || name;
    this.close();
    this.input.dispatchEvent(new CustomEvent("input", { bubbles: true, detail: "chosen" }));
    this.dispatchEvent(new CustomEvent("person-chosen", { bubbles: true, detail: { id, email, name } }));
  }
}

customElements.define("people-suggest", PeopleSuggest);

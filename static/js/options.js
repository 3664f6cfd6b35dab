// The list box under a field, as a combobox (ARIA APG): arrows move, Enter or Tab takes, Escape closes.
//
// new Options(input, { chosen: (option) => …, list, label, first }): `list` is an <ul> that is there
// already, else one is put behind the field; with `first` the first option is chosen from the start,
// so that Enter takes it. `show(html)` fills it with <li role="option">, `close()` hides it.
let made = 0;

export class Options {
  constructor(input, { chosen, list = null, label = "", first = false }) {
    this.input = input;
    this.chosen = chosen;
    this.first = first;
    this.list = list ?? this.make(label || (input.labels?.[0]?.textContent ?? ""));
    this.list.id ||= `options-${(made += 1)}`;
    const attributes = { role: "combobox", autocomplete: "off", "aria-autocomplete": "list",
      "aria-expanded": "false", "aria-controls": this.list.id };
    for (const [name, value] of Object.entries(attributes)) input.setAttribute(name, value);
    input.addEventListener("keydown", (event) => this.pressed(event), { capture: true });
    // Before the field loses the focus, which would close the list under the pointer.
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest('[role="option"]');
      if (option) this.take(option);
    });
  }

  make(label) {
    const list = document.createElement("ul");
    list.className = "options";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", label);
    list.hidden = true;
    this.input.after(list);
    return list;
  }

  get all() {
    return [...this.list.querySelectorAll('[role="option"]')].filter((option) => !option.hidden);
  }

  get isOpen() {
    return !this.list.hidden;
  }

  show(html) {
    this.list.innerHTML = html;
    this.refresh();
  }

  // After options were added, removed or hidden.
  refresh() {
    const all = this.all;
    all.forEach((option, place) => {
      option.id = `${this.list.id}-${place}`;
      option.setAttribute("aria-selected", "false");
    });
    this.list.hidden = !all.length;
    this.input.setAttribute("aria-expanded", String(this.isOpen));
    this.point(this.first ? all[0] : null);
  }

  close() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  get at() {
    return this.all.find((option) => option.getAttribute("aria-selected") === "true") ?? null;
  }

  point(option) {
    this.at?.setAttribute("aria-selected", "false");
    if (!option) return void this.input.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", option.id);
  }

  move(step) {
    const all = this.all;
    const place = this.at ? all.indexOf(this.at) + step : step > 0 ? 0 : all.length - 1;
    this.point(all[(place + all.length) % all.length]);
  }

  pressed(event) {
    if (event.isComposing || !this.isOpen) return;
    const at = this.at;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") this.move(event.key === "ArrowDown" ? 1 : -1);
    else if (event.key === "Enter" && at) this.take(at, event);
    else if (event.key === "Tab" && at && !event.shiftKey) return void this.take(at, event);
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  take(option, event = null) {
    this.chosen(option, event);
  }
}

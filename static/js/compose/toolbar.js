// The row of buttons: formats, link, lists and what else can be put in. One stop for the Tab key, arrows
// inside of it; each button says whether it is on.
export class Toolbar {
  constructor(rich) {
    this.rich = rich;
    this.bar = rich.form.querySelector("[data-rich-tools]");
    this.dialog = rich.form.querySelector("dialog[data-link]");
    if (!this.bar) return;
    this.bar.hidden = false;
    this.rove(this.buttons[0]);
    this.bar.addEventListener("pointerdown", (event) => event.preventDefault()); // the text keeps its selection
    this.bar.addEventListener("click", (event) => this.clicked(event));
    this.bar.addEventListener("keydown", (event) => this.pressed(event));
    this.bar.addEventListener("focusin", (event) => this.rove(event.target));
    this.fold = rich.form.querySelector("[data-fold-tools]");
    this.fold?.addEventListener("click", () => this.toggle());
    this.prepareDialog();
    this.show();
  }

  get buttons() {
    return [...this.bar.querySelectorAll("button")].filter((each) => each.offsetParent !== null || !each.closest("[data-note-only]"));
  }

  rove(button) {
    for (const each of this.bar.querySelectorAll("button")) each.tabIndex = each === button ? 0 : -1;
  }

  toggle() {
    const isOpen = this.bar.classList.toggle("open");
    this.fold.setAttribute("aria-expanded", String(isOpen));
  }

  show() {
    const states = this.rich.editor.states();
    for (const button of this.bar?.querySelectorAll("[data-rich]") ?? []) {
      if (button.hasAttribute("aria-pressed")) button.setAttribute("aria-pressed", String(Boolean(states[button.dataset.rich])));
    }
  }

  clicked(event) {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.dataset.pick) this.rich.completion.open(button.dataset.pick);
    else if (button.dataset.rich === "link") this.askLink();
    else if (button.dataset.rich) {
      this.rich.editor.focus();
      this.rich.editor.format(button.dataset.rich);
      this.show();
    }
  }

  pressed(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const all = this.buttons.filter((each) => each.offsetParent !== null);
    let next = null;
    if (step) {
      const turn = getComputedStyle(this.bar).direction === "rtl" ? -step : step;
      next = all[(all.indexOf(document.activeElement) + turn + all.length) % all.length];
    } else if (event.key === "Home") next = all[0];
    else if (event.key === "End") next = all.at(-1);
    else if (event.key === "Escape") this.rich.editor.focus();
    if (!next) return;
    event.preventDefault();
    next.focus();
  }

  prepareDialog() {
    const { dialog } = this;
    if (!dialog) return;
    this.address = dialog.querySelector("[data-link-address]");
    this.words = dialog.querySelector("[data-link-words]");
    dialog.addEventListener("input", (event) => event.stopPropagation());
    dialog.addEventListener("keydown", (event) => {
      event.stopPropagation(); // no submit of the reply from here
      if (event.key !== "Enter" || event.target.closest("button") || event.isComposing) return;
      event.preventDefault();
      this.setLink();
    });
    dialog.addEventListener("click", (event) => {
      if (event.target.closest("[data-link-close]")) dialog.close();
      else if (event.target.closest("[data-link-set]")) this.setLink();
      else if (event.target.closest("[data-link-remove]")) this.setLink("");
    });
    dialog.addEventListener("close", () => this.rich.editor.focus());
  }

  askLink() {
    const { address, words } = this.rich.editor.link;
    this.address.value = address;
    this.words.value = words;
    this.words.closest(".field").hidden = Boolean(words);
    this.dialog.querySelector("[data-link-remove]").hidden = !address;
    this.dialog.querySelector("[data-link-problem]").hidden = true;
    this.dialog.showModal();
    this.address.focus();
    this.address.select();
  }

  setLink(given = this.address.value.trim()) {
    const address = addressFrom(given);
    const problem = this.dialog.querySelector("[data-link-problem]");
    if (given && !address) {
      problem.hidden = false;
      this.address.focus();
      return;
    }
    this.dialog.close();
    this.rich.editor.focus();
    this.rich.editor.setLink(address, this.words.value.trim());
  }
}

function addressFrom(text) {
  if (!text) return "";
  if (/^(?:https?:\/\/|mailto:|tel:)\S+$/i.test(text)) return text;
  if (/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text)) return `mailto:${text}`;
  if (/^[\w-]+(?:\.[\w-]+)+(?:[/?#:]\S*)?$/.test(text)) return `https://${text}`;
  return "";
}

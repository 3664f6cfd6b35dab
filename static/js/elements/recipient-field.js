// The Cc line: addresses as chips, each a field of the form. Enter, comma or leaving the line makes a
// chip, Backspace on the empty line takes the last one off. The server decides who gets what.
import { say } from "../words.js";

const ADDRESS = /^[^\s@,;<>"]+@[^\s@,;<>"]+\.[^\s@,;<>"]+$/;

class RecipientField extends HTMLElement {
  connectedCallback() {
    this.list = this.querySelector("[data-chips]");
    this.input = this.querySelector(".cc-input");
    this.problem = this.querySelector("[data-problem]");
    if (!this.input) return;
    this.input.addEventListener("keydown", (event) => this.pressed(event));
    this.input.addEventListener("input", (event) => this.typed(event));
    this.input.addEventListener("blur", () => this.take());
    this.input.addEventListener("paste", (event) => this.pasted(event));
    this.addEventListener("click", (event) => this.clicked(event));
    this.closest("form")?.addEventListener("submit", () => this.take(), { capture: true });
  }

  get addresses() {
    return [...this.list.querySelectorAll('input[name="cc"]')].map((each) => each.value);
  }

  // What somebody has changed here must not be replaced by the server's list.
  get isDirty() {
    const were = this.querySelector('[name="cc_were"]')?.value.split(",").filter(Boolean) ?? [];
    const way = this.querySelector('[name="way"]')?.selectedOptions?.[0];
    if (way && !way.defaultSelected) return true;
    if (this.querySelector("[data-template]")?.value) return true;
    return Boolean(this.input?.value) || this.addresses.join() !== were.join();
  }

  // What a draft keeps: how the line differs from the ticket's, and the address that was chosen.
  get state() {
    if (!this.isDirty) return null;
    const were = this.querySelector('[name="cc_were"]')?.value.split(",").filter(Boolean) ?? [];
    return {
      added: this.addresses.filter((each) => !were.includes(each)),
      removed: were.filter((each) => !this.addresses.includes(each)),
      typed: this.input?.value ?? "",
      way: this.querySelector('[name="way"]')?.value ?? "",
    };
  }

  // Somebody may have left or joined since: only what was changed here is changed again.
  restore(state) {
    const way = this.querySelector('[name="way"]');
    const isOffered = [...(way?.options ?? [])].some((each) => each.value === state?.way);
    if (isOffered && way.value !== state.way) {
      way.value = state.way;
      way.dispatchEvent(new Event("change", { bubbles: true })); // what this way can carry is shown anew
    }
    if (!state || !this.input) return;
    for (const field of this.list.querySelectorAll('input[name="cc"]')) {
      if (state.removed?.includes(field.value)) field.closest("li").remove();
    }
    for (const address of state.added ?? []) this.add(address);
    this.input.value ||= state.typed ?? "";
  }

  // The server has taken the list as it stands.
  settle() {
    const were = this.querySelector('[name="cc_were"]');
    if (were) were.value = this.addresses.join();
    for (const each of this.querySelector('[name="way"]')?.options ?? []) each.defaultSelected = each.selected;
  }

  pressed(event) {
    if (event.isComposing) return;
    if (["Enter", ",", ";"].includes(event.key) && !event.ctrlKey && !event.metaKey) {
      if (event.key === "Enter" || this.input.value) event.preventDefault();
      this.take();
    } else if (event.key === "Backspace" && !this.input.value) {
      const last = this.list.lastElementChild;
      if (last) this.remove(last);
    }
  }

  // Choosing from the list of people comes as one whole address at once.
  typed(event) {
    this.say("");
    if (event.inputType === "insertReplacementText" || event.inputType === undefined) this.take();
  }

  pasted(event) {
    const text = event.clipboardData.getData("text");
    if (!/[,;\s]/.test(text.trim())) return;
    event.preventDefault();
    this.input.value = text.replace(/\s+/g, ",");
    this.take();
  }

  take() {
    const parts = this.input.value.split(/[,;]/).map((part) => part.trim()).filter(Boolean);
    const rest = parts.filter((part) => !this.add(part));
    if (this.input.value !== rest.join(", ")) this.input.value = rest.join(", ");
    if (!parts.length) this.say("");
  }

  add(text) {
    const address = text.replace(/^.*<([^<>]+)>$/, "$1").toLowerCase();
    if (!ADDRESS.test(address)) {
      this.say(say("no-address", { text }));
      return false;
    }
    if (this.addresses.includes(address)) return true;
    if (this.addresses.length >= Number(this.dataset.limit)) {
      this.say(say("most-ccs", { n: this.dataset.limit }));
      return false;
    }
    this.list.append(chip(address));
    this.say("");
    this.changed();
    return true;
  }

  clicked(event) {
    const button = event.target.closest("button");
    if (button?.dataset.remove !== undefined) this.remove(button.closest("li"));
    if (button?.dataset.add) {
      this.add(button.dataset.add);
      button.closest(".diff").remove();
      this.input.focus();
    }
    if (button?.dataset.drop) {
      for (const item of [...this.list.children]) {
        if (button.dataset.drop.split(",").includes(item.querySelector("input").value)) item.remove();
      }
      button.closest(".diff").remove();
      this.changed();
      this.input.focus();
    }
  }

  remove(item) {
    item.remove();
    this.changed();
    this.input.focus();
  }

  changed() {
    this.dispatchEvent(new CustomEvent("recipients-changed", { bubbles: true }));
  }

  say(words) {
    this.problem.textContent = words;
    this.problem.hidden = !words;
    this.input.toggleAttribute("aria-invalid", Boolean(words));
  }
}

function chip(address) {
  const item = document.createElement("li");
  item.className = "tag cc-chip";
  const text = document.createElement("bdi");
  text.textContent = address;
  const field = document.createElement("input");
  field.type = "hidden";
  field.name = "cc";
  field.value = address;
  const remove = document.createElement("button");
  remove.type = "button";
  remove.className = "chip-x";
  remove.dataset.remove = "";
  remove.setAttribute("aria-label", say("remove-cc", { address }));
  remove.textContent = "×";
  item.append(text, field, remove);
  return item;
}

customElements.define("recipient-field", RecipientField);

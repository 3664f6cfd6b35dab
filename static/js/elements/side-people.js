// The line "To" of a side conversation: addresses as chips. Choosing somebody from the list, Enter, comma
// or leaving the line makes one; Backspace on the empty line takes the last one off.
const ADDRESS = /^[^\s@,;<>"]+@[^\s@,;<>"]+\.[^\s@,;<>"]+$/;

class SidePeople extends HTMLElement {
  connectedCallback() {
    this.list = this.querySelector("[data-chips]");
    this.input = this.querySelector("input[name=to_typed]");
    this.said = this.querySelector("[data-said]");
    this.addEventListener("person-chosen", ({ detail }) => {
      this.input.value = "";
      this.add(detail.email, detail.name);
    });
    this.input.addEventListener("keydown", (event) => this.pressed(event));
    this.input.addEventListener("blur", () => setTimeout(() => this.take(), 150)); // after a choice by mouse
    this.addEventListener("click", (event) => {
      const button = event.target.closest("[data-remove]");
      if (!button || button === this) return;
      button.closest("li").remove();
      this.tell();
      this.input.focus();
    });
    this.closest("form").addEventListener("submit", () => this.take(), { capture: true });
  }

  pressed(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    const isChoosing = this.input.getAttribute("aria-activedescendant");
    if ([",", ";"].includes(event.key) || (event.key === "Enter" && !isChoosing)) {
      event.preventDefault();
      this.take();
    } else if (event.key === "Backspace" && !this.input.value) {
      this.list.lastElementChild?.remove();
      this.tell();
    }
  }

  take() {
    const parts = this.input.value.split(/[,;]/).map((part) => part.trim()).filter(Boolean);
    const rest = parts.filter((part) => !this.add(part));
    this.input.value = rest.join(", ");
  }

  add(text, name = "") {
    const address = (text ?? "").replace(/^.*<([^<>]+)>$/, "$1").toLowerCase();
    this.say(ADDRESS.test(address) ? "" : this.dataset.problem.replace("%s", text));
    if (!ADDRESS.test(address)) return false;
    const present = [...this.list.querySelectorAll("input[name=to]")].map((each) => each.value);
    if (!present.includes(address)) {
      this.list.append(this.chip(address, name));
      this.tell();
    }
    return true;
  }

  // Pairs of address and name.
  get chosen() {
    return [...this.list.querySelectorAll("li")].map((each) => [each.querySelector("input").value, each.querySelector("bdi").textContent]);
  }

  replace(people) {
    this.list.replaceChildren(...people.map(([address, name]) => this.chip(address, name)));
  }

  takeOff(address) {
    const field = [...this.list.querySelectorAll("input")].find((each) => each.value === address);
    field?.closest("li").remove();
    this.tell();
  }

  tell() {
    this.dispatchEvent(new CustomEvent("people-changed", { bubbles: true }));
  }

  chip(address, name) {
    const item = document.createElement("li");
    item.className = "tag cc-chip";
    const text = document.createElement("bdi");
    text.className = "clip";
    text.textContent = name || address;
    text.title = address;
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name: "to", value: address });
    const remove = document.createElement("button");
    Object.assign(remove, { type: "button", className: "chip-x", textContent: "×" });
    remove.dataset.remove = "";
    remove.setAttribute("aria-label", this.dataset.remove.replace("%s", address));
    item.append(text, field, remove);
    return item;
  }

  say(words) {
    this.said.textContent = words;
    this.said.hidden = !words;
    this.input.toggleAttribute("aria-invalid", Boolean(words));
  }
}

customElements.define("side-people", SidePeople);

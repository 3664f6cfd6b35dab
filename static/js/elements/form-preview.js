// Shows the texts and the colour of a request form's settings in its frame while they are typed.
class FormPreview extends HTMLElement {
  connectedCallback() {
    this.settings = document.getElementById(this.dataset.of);
    this.frame = this.querySelector("iframe");
    this.settings.addEventListener("input", () => this.show());
    this.frame.addEventListener("load", () => this.show());
  }

  show() {
    const page = this.frame.contentDocument;
    const head = page?.querySelector(".request-head");
    if (!head) return;
    const { title, intro, color, takes_files: takesFiles } = this.settings.elements;
    head.querySelector("h1").textContent = title.value;
    this.introduce(page, head, intro.value.trim());
    page.querySelector(".files-field")?.toggleAttribute("hidden", !takesFiles.checked);
    for (const name of ["--brand", "--brand-action", "--brand-ink"]) {
      if (/^#[0-9a-f]{6}$/i.test(color.value)) page.documentElement.style.setProperty(name, color.value);
      else page.documentElement.style.removeProperty(name);
    }
  }

  introduce(page, head, words) {
    let box = head.querySelector(".request-intro");
    if (!box) {
      box = page.createElement("p");
      box.className = "request-intro dim";
      head.append(box);
    }
    box.textContent = words;
    box.hidden = !words;
  }
}

customElements.define("form-preview", FormPreview);

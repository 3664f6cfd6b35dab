// Attaching files by button, drop and paste. Each goes up at once, with progress, and waits on the
// server until the submit takes it along.
import { say } from "../words.js";

class FileDrop extends HTMLElement {
  connectedCallback() {
    this.list = this.querySelector("[data-uploads]");
    this.form = this.closest("form");
    this.zone = this.closest(".composer") ?? this.form;
    this.running = 0;
    this.kept = [];
    this.querySelector("[data-file-input]").addEventListener("change", (event) => {
      this.add(event.target.files);
      event.target.value = "";
    });
    this.zone.addEventListener("dragover", (event) => this.hovered(event));
    this.zone.addEventListener("dragleave", () => this.zone.classList.remove("dropping"));
    this.zone.addEventListener("drop", (event) => this.dropped(event), { capture: true });
    // Before the editor: a copied table or web page brings a picture of itself along, and is text.
    this.form.addEventListener("paste", (event) => {
      const { files } = event.clipboardData;
      if (!files.length || hasWords(event.clipboardData.getData("text/html"))) return;
      event.preventDefault();
      event.stopPropagation();
      this.add(files, { isInText: Boolean(event.target.closest?.("rich-text")) });
    }, { capture: true });
  }

  get isBusy() {
    return this.running > 0;
  }

  hovered(event) {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    this.zone.classList.add("dropping");
  }

  dropped(event) {
    this.zone.classList.remove("dropping");
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    event.stopPropagation();
    this.add(event.dataTransfer.files, { isInText: Boolean(event.target.closest?.("rich-text")) });
  }

  get rich() {
    return this.form.querySelector("rich-text");
  }

  // Pictures that were put into the text are shown there; everything else stands below it.
  add(files, { isInText = false } = {}) {
    for (const file of files) {
      const isShown = isInText && SHOWN.has(file.type) && this.rich?.editor.showImage;
      this.upload(file, isShown ? this.rich.editor.showImage(file) : null);
    }
  }

  upload(file, image = null) {
    const item = this.item(file.name, file.size);
    const progress = document.createElement("progress");
    progress.max = 1;
    progress.value = 0;
    progress.setAttribute("aria-label", say("file-going-up", { name: file.name }));
    item.append(progress);
    const request = new XMLHttpRequest(); // fetch cannot tell how far it is
    const data = new FormData();
    data.append("file", file, file.name);
    data.append("csrfmiddlewaretoken", this.form.elements.csrfmiddlewaretoken.value);
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) progress.value = event.loaded / event.total;
    });
    request.addEventListener("loadend", () => {
      this.running -= 1;
      progress.remove();
      this.finished(item, request, file, image);
    });
    item.querySelector("button").addEventListener("click", () => request.abort());
    this.running += 1;
    request.open("POST", this.dataset.url);
    request.setRequestHeader("HX-Request", "true");
    request.send(data);
  }

  finished(item, request, file, image) {
    if (request.status === 201) {
      const { id, name, size } = JSON.parse(request.responseText);
      item.remove();
      image?.arrived(id);
      this.keep({ id, name, size, isInline: Boolean(image) });
      this.tell();
      return;
    }
    image?.failed();
    if (request.status || !item.isConnected) {
      this.fail(item, reason(request, file));
    } else {
      this.fail(item, say("file-no-connection", { name: file.name }));
    }
    this.tell();
  }

  keep(upload) {
    this.kept.push(upload);
    const item = this.item(upload.name, upload.size);
    item.hidden = Boolean(upload.isInline); // it stands in the text
    const input = document.createElement("input");
    input.type = "hidden";
    input.name = "upload";
    input.value = upload.id;
    item.append(input);
    item.querySelector("button").addEventListener("click", () => this.drop([upload.id]));
  }

  // Takes files back that have gone up.
  drop(ids) {
    for (const id of ids) {
      if (!this.kept.some((each) => each.id === id)) continue;
      this.kept = this.kept.filter((each) => each.id !== id);
      this.list.querySelector(`input[name="upload"][value="${id}"]`)?.closest("li").remove();
      fetch(`${this.dataset.url}${id}/`, {
        method: "DELETE",
        headers: { "X-CSRFToken": this.form.elements.csrfmiddlewaretoken.value },
      });
    }
    this.tell();
  }

  // Before a submit: what was shown in the text and was deleted there does not go along.
  letGo(html) {
    const gone = this.kept.filter((each) => each.isInline && !html.includes(`cid:upload-${each.id}"`));
    if (gone.length && this.rich?.root) this.drop(gone.map((each) => each.id));
  }

  restore(uploads) {
    for (const upload of uploads) {
      if (!this.kept.some((each) => each.id === upload.id)) this.keep(upload);
    }
  }

  clear() {
    this.kept = [];
    this.list.replaceChildren();
  }

  item(name, size) {
    const item = document.createElement("li");
    item.className = "file upload";
    const label = document.createElement("bdi");
    label.className = "clip";
    label.textContent = name;
    const bytes = document.createElement("span");
    bytes.className = "hint num";
    bytes.textContent = sizeWords(size);
    const remove = document.createElement("button");
    remove.type = "button";
    remove.className = "chip-x";
    remove.setAttribute("aria-label", say("remove", { name }));
    remove.textContent = "×";
    remove.addEventListener("click", () => item.remove());
    item.append(label, bytes, remove);
    this.list.append(item);
    return item;
  }

  fail(item, words) {
    if (!item.isConnected) return;
    item.classList.add("failed");
    item.setAttribute("role", "alert");
    item.querySelector("bdi").textContent = words;
  }

  tell() {
    this.dispatchEvent(new CustomEvent("uploads-changed", { bubbles: true }));
  }
}

function hasWords(html) {
  return Boolean(html && new DOMParser().parseFromString(html, "text/html").body.textContent.trim());
}

const SHOWN = new Set(["image/png", "image/jpeg", "image/gif", "image/webp"]);

function reason(request, file) {
  try {
    return JSON.parse(request.responseText).error;
  } catch {
    return say("file-refused", { name: file.name, status: request.status });
  }
}

function sizeWords(size) {
  if (size < 1000) return `${size} bytes`;
  if (size < 1_000_000) return `${Math.round(size / 1000)} kB`;
  return `${(size / 1_000_000).toFixed(1)} MB`;
}

customElements.define("file-drop", FileDrop);

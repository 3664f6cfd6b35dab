// The request form of visitors: does its sum while the person writes, sends with progress, keeps
// chosen files when something has to be put right, and tells a framing page how high it is.
// Without this script the form works all the same.
import "../elements/field-rules.js";

const LONGEST_WAIT = 20_000; // ms for the sum; then it is sent without, and a person looks at it

class RequestForm extends HTMLElement {
  connectedCallback() {
    this.work();
    this.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send();
    });
    measure();
  }

  get form() {
    return this.querySelector("form");
  }

  // The worker looks for a number that gives the page's nonce the wanted zeros.
  work() {
    const { nonce, bits } = this.dataset;
    if (!nonce || !Number(bits) || this.form.elements.proof.value) return;
    this.worked = new Promise((resolve) => {
      const worker = new Worker(this.dataset.worker);
      const done = (counter) => {
        worker.terminate();
        if (counter) this.form.elements.proof.value = counter;
        resolve();
      };
      worker.addEventListener("message", (event) => done(event.data));
      worker.addEventListener("error", () => done(""));
      worker.postMessage({ nonce, bits: Number(bits) });
      setTimeout(() => done(""), LONGEST_WAIT);
    });
  }

  async send() {
    if (this.isSending) return; // a second click is the same request
    const files = [...(this.form.elements.attachments?.files ?? [])];
    const size = files.reduce((sum, file) => sum + file.size, 0);
    if (size > Number(this.dataset.most)) return this.refuse(this.dataset.tooLarge);
    this.busy(true);
    await this.worked;
    this.upload();
  }

  upload() {
    const request = new XMLHttpRequest(); // fetch cannot tell how far it is
    const bar = this.querySelector("progress");
    request.responseType = "document";
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) bar.value = event.loaded / event.total;
    });
    request.addEventListener("load", () => this.answered(request));
    request.addEventListener("error", () => {
      this.busy(false);
      this.refuse(this.dataset.failed);
    });
    request.open("POST", location.href);
    request.send(new FormData(this.form));
  }

  answered(request) {
    const fresh = request.response?.querySelector("request-form, .request-thanks");
    if (!fresh) {
      this.busy(false);
      return this.refuse(this.dataset.failed);
    }
    if (fresh.matches(".request-thanks")) {
      history.replaceState(null, "", request.responseURL);
      document.title = request.response.title;
      this.replaceWith(fresh);
      fresh.querySelector("h1").focus();
      return measure();
    }
    this.isSending = false;
    const kept = this.querySelector("input[type=file]");
    const place = fresh.querySelector("input[type=file]");
    if (kept?.files.length && place) place.replaceWith(kept);
    this.replaceWith(fresh);
    (fresh.querySelector("[aria-invalid=true]") ?? fresh.querySelector("[role=alert]:not([hidden])"))?.focus();
    fresh.querySelector("[aria-invalid=true], [role=alert]:not([hidden])")?.scrollIntoView({ block: "center" });
    measure();
  }

  busy(isSending) {
    this.isSending = isSending;
    const state = this.querySelector("[data-state]");
    this.said ??= state.textContent;
    state.textContent = isSending ? this.dataset.sending : this.said;
    this.querySelector(".form-actions .btn").setAttribute("aria-disabled", String(isSending));
    this.querySelector("progress").hidden = !isSending;
  }

  refuse(words) {
    const box = this.querySelector("[data-problem]");
    box.querySelector("div").textContent = words;
    box.hidden = false;
    box.scrollIntoView({ block: "nearest" });
    measure();
  }
}

function measure() {
  if (window.parent === window) return;
  const height = Math.ceil(document.querySelector("main").getBoundingClientRect().bottom + window.scrollY);
  window.parent.postMessage({ type: "help-desk-request", height }, "*"); // a number: no secret
}

if (window.parent !== window) {
  new ResizeObserver(measure).observe(document.querySelector("main"));
  document.addEventListener("fields-changed", measure);
}
customElements.define("request-form", RequestForm);

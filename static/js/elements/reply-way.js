// Which way the reply leaves, and what that way takes: formatting, files, a free text, how long a one.
// The server counts, because it knows how the text will read there and how the network counts.
const COUNT_AFTER = 300; // ms without a key

class ReplyWay extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.counter = this.form.querySelector("[data-way-count]");
    this.listeners = { change: (event) => event.target.name === "way" && this.show(), input: () => this.later() };
    for (const [type, listener] of Object.entries(this.listeners)) this.form.addEventListener(type, listener);
    this.onDocument = {
      "composer-answer": ({ detail }) => this.answer(detail),
      "ticket-saved": () => this.letGo(),
      click: (event) => this.clicked(event),
    };
    for (const [type, listener] of Object.entries(this.onDocument)) document.addEventListener(type, listener);
    this.place = this.form.querySelector("[data-answering]");
    this.show();
  }

  disconnectedCallback() {
    for (const [type, listener] of Object.entries(this.onDocument)) document.removeEventListener(type, listener);
    for (const [type, listener] of Object.entries(this.listeners)) this.form.removeEventListener(type, listener);
    clearTimeout(this.timer);
    this.asking?.abort();
  }

  // The option that is chosen, or the only way there is.
  get way() {
    const field = this.form.elements.way;
    return field?.selectedOptions?.[0] ?? field;
  }

  show() {
    const { way } = this;
    const facts = way?.dataset ?? {};
    this.form.toggleAttribute("data-plain", facts.rich === "no");
    this.form.toggleAttribute("data-no-files", facts.files === "no");
    if (this.form.toggleAttribute("data-by-network", Boolean(facts.channel) && facts.channel !== "email") === false) this.letGo();
    this.offerWays();
    for (const panel of this.querySelectorAll("[data-way-panel]")) {
      panel.hidden = panel.dataset.wayPanel !== way?.value;
      const wanted = panel.querySelector("[hx-get]");
      for (const field of panel.querySelectorAll("input, select")) field.disabled = panel.hidden;
      if (!panel.hidden && wanted) requestAnimationFrame(() => globalThis.htmx?.trigger(wanted, "way-shown"));
    }
    this.later();
  }

  // The message that the reply points at, where the network can.
  answer({ id, author, text }) {
    this.letGo();
    const chip = this.place.nextElementSibling.content.cloneNode(true);
    chip.querySelector("[name=answers]").value = id;
    chip.querySelector(".strong").textContent = author;
    chip.querySelector(".clip").textContent = text;
    this.place.replaceChildren(chip);
  }

  letGo() {
    this.place?.replaceChildren();
  }

  clicked(event) {
    if (event.target.closest("[data-let-go]") && this.form.contains(event.target)) this.letGo();
    const chosen = event.target.closest("[data-choose-way]");
    const { select } = this;
    if (!chosen || !select) return;
    select.value = chosen.dataset.chooseWay;
    select.dispatchEvent(new Event("change", { bubbles: true }));
    document.dispatchEvent(new CustomEvent("composer-insert", { detail: { html: "", text: "", kind: "public" } }));
  }

  get select() {
    const field = this.form.elements.way;
    return field?.options ? field : null;
  }

  // Beside each address of the customer that an answer can go to: a way to choose it.
  offerWays() {
    for (const button of document.querySelectorAll("[data-choose-way]")) {
      const option = [...(this.select?.options ?? [])].find((each) => each.value === button.dataset.chooseWay);
      button.hidden = !option || option.selected;
    }
  }

  later() {
    clearTimeout(this.timer);
    if (this.way?.dataset.counted === "yes") this.timer = setTimeout(() => this.count(), COUNT_AFTER);
    else this.say("", false);
  }

  async count() {
    this.asking?.abort();
    this.asking = new AbortController();
    const { csrfmiddlewaretoken: token, way, html, body } = this.form.elements;
    const text = new URLSearchParams({ way: way.value, html: html?.value ?? "", body: body.value });
    try {
      const answer = await fetch(this.dataset.length, {
        method: "POST", body: text, headers: { "X-CSRFToken": token.value }, signal: this.asking.signal,
      });
      if (!answer.ok) return;
      const { words, isOver } = await answer.json();
      this.say(words, isOver);
    } catch (error) {
      if (error.name !== "AbortError" && !(error instanceof TypeError)) throw error; // offline: nothing is said
    }
  }

  say(words, isOver) {
    if (!this.counter) return;
    if (this.counter.textContent !== words) this.counter.textContent = words;
    this.counter.classList.toggle("over", isOver);
  }
}

customElements.define("reply-way", ReplyWay);

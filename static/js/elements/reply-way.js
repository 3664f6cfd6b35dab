// Which way the reply leaves, and what that way takes: formatting, files, a free text, how long a one.
// The server counts, because it knows how the text will read there and how the network counts.
const COUNT_AFTER = 300; // ms without a key

class ReplyWay extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.counter = this.form.querySelector("[data-way-count]");
    this.listeners = { change: (event) => event.target.name === "way" && this.show(), input: () => this.later() };
    for (const [type, listener] of Object.entries(this.listeners)) this.form.addEventListener(type, listener);
    this.show();
  }

  disconnectedCallback() {
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
    this.form.toggleAttribute("data-by-network", Boolean(facts.channel) && facts.channel !== "email");
    for (const panel of this.querySelectorAll("[data-way-panel]")) {
      panel.hidden = panel.dataset.wayPanel !== way?.value;
      const wanted = panel.querySelector("[hx-get]");
      for (const field of panel.querySelectorAll("input, select")) field.disabled = panel.hidden;
      if (!panel.hidden && wanted) requestAnimationFrame(() => globalThis.htmx?.trigger(wanted, "way-shown"));
    }
    this.later();
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

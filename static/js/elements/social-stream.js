// The stream: j and k go from post to post, a letter does what its button says ([data-act]); a line
// tells of posts that came meanwhile, the list itself never moves under the reader.
const EVERY = 30_000;

class SocialStream extends HTMLElement {
  connectedCallback() {
    this.pressed = (event) => this.press(event);
    document.addEventListener("keydown", this.pressed);
    this.addEventListener("focusin", this);
    this.addEventListener("toggle", this, true);
    document.addEventListener("change", this.filtered);
    if (this.dataset.since) this.timer = setInterval(() => this.look(), EVERY);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
    document.removeEventListener("keydown", this.pressed);
    document.removeEventListener("change", this.filtered);
  }

  filtered({ target }) {
    if (target.matches("[data-submits]")) target.form.requestSubmit();
  }

  handleEvent({ type, target }) {
    const post = target.closest("[data-post]");
    if (type === "focusin" && post) this.at(post);
    if (type === "toggle" && target.matches(".post-answer[open]")) target.querySelector("textarea").focus();
  }

  posts() {
    return [...this.querySelectorAll("[data-post]")];
  }

  at(post) {
    for (const each of this.posts()) each.classList.toggle("at", each === post);
    this.current = post.id;
  }

  press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if ("noLetters" in document.body.dataset) return;
    if (event.target.closest("input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable], dialog")) return;
    const posts = this.posts();
    const index = posts.findIndex((post) => post.id === this.current);
    if (event.key === "j" || event.key === "k") {
      const next = posts[event.key === "j" ? index + 1 : Math.max(index - 1, 0)];
      if (!next) return;
      event.preventDefault();
      this.at(next);
      next.focus({ preventScroll: true });
      next.scrollIntoView({ block: "nearest" });
      return;
    }
    const button = posts[index]?.querySelector(`[data-act="${CSS.escape(event.key)}"]`);
    if (!button) return;
    event.preventDefault();
    button.click();
  }

  async look() {
    if (document.hidden) return;
    const url = new URL(this.dataset.news, location.href);
    url.searchParams.set("since", this.dataset.since);
    const answer = await fetch(url, { headers: { "HX-Request": "true" } }).catch(() => null);
    if (answer?.status === 200) this.querySelector("[data-new]").innerHTML = await answer.text();
  }
}

customElements.define("social-stream", SocialStream);

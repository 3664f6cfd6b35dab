// At the foot of every page: how far the change of many tickets is that was begun here, then its undo.
// Which job that is lies in localStorage, so that it goes along to other pages and tabs.
import { toast } from "./app-toast.js";
import { FragmentError, fetchFragment } from "../fragments.js";

const KEY = "bulk-job";
const QUICK = 600;
const SLOW = 2500;
const SHOWN_FOR = 60_000; // after the end

class BulkPill extends HTMLElement {
  connectedCallback() {
    this.begun = (event) => this.follow(event.detail.job);
    document.addEventListener("bulk-begun", this.begun);
    this.addEventListener("click", (event) => this.clicked(event));
    this.follow(localStorage.getItem(KEY));
  }

  disconnectedCallback() {
    document.removeEventListener("bulk-begun", this.begun);
    clearTimeout(this.timer);
  }

  follow(job) {
    clearTimeout(this.timer);
    if (!job) return;
    localStorage.setItem(KEY, job);
    this.job = job;
    this.asked = 0;
    this.refresh();
  }

  async refresh() {
    let fragment;
    try {
      fragment = await fetchFragment(this.dataset.url.replace("/0/", `/${this.job}/`));
    } catch (error) {
      if (!(error instanceof FragmentError || error instanceof TypeError)) throw error;
      if (error.status === 404) this.forget();
      else this.timer = setTimeout(() => this.refresh(), SLOW);
      return;
    }
    const isFinished = Boolean(fragment.querySelector("[data-finished]"));
    this.hidden = false;
    if (!this.contains(document.activeElement) || isFinished) this.replaceChildren(fragment);
    this.asked += 1;
    if (isFinished) this.timer = setTimeout(() => this.forget(), SHOWN_FOR);
    else this.timer = setTimeout(() => this.refresh(), this.asked < 20 ? QUICK : SLOW);
  }

  forget() {
    localStorage.removeItem(KEY);
    this.hidden = true;
    this.replaceChildren();
  }

  clicked(event) {
    if (event.target.closest("[data-dismiss]")) this.forget();
    const undo = event.target.closest("[data-undo]");
    if (undo) this.undo(undo);
  }

  async undo(button) {
    button.disabled = true;
    const headers = { Accept: "application/json", ...JSON.parse(document.body.getAttribute("hx-headers")) };
    const response = await fetch(button.dataset.undo, { method: "POST", headers, credentials: "same-origin" });
    const answer = await response.json().catch(() => ({}));
    if (response.ok) this.follow(answer.job);
    else {
      button.disabled = false;
      if (answer.error) toast(answer.error);
    }
  }
}

customElements.define("bulk-pill", BulkPill);

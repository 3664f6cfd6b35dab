// What a composer says of its draft: whether it is kept, that something is amiss, that the same person
// wrote elsewhere. Of two texts both are kept until they have chosen one.
const STATES = { saved: "saySaved", offline: "sayOffline", full: "sayFull", "signed-out": "saySignedOut", kept: "saySaving" };

export class DraftTalk {
  // `host` has a keeper and a text (`rich`), tells what it holds (`changed`) and can show another draft.
  constructor(host) {
    this.host = host;
    this.place = host.querySelector(".composer-notice");
    this.state = host.querySelector("[data-draft-state]");
    host.keeper.addEventListener("state", ({ detail }) => this.sayState(detail));
    host.keeper.addEventListener("rival", ({ detail }) => this.showRival(detail));
    host.addEventListener("click", (event) => {
      if (event.target.closest("[data-take-rival]")) this.take();
      else if (event.target.closest("[data-keep-mine]")) this.keepMine();
    });
  }

  sayState(state) {
    const shown = this.state?.textContent;
    if (state === "kept" && shown && shown !== this.host.dataset.sayRestored) return;
    this.say(this.host.dataset[STATES[state]] ?? "");
  }

  say(words) {
    if (this.state && this.state.textContent !== words) this.state.textContent = words;
  }

  notice(words) {
    const box = document.createElement("div");
    box.className = "notice warn";
    box.setAttribute("role", "alert");
    box.textContent = words;
    this.place.replaceChildren(box);
  }

  // Without a draft: what was written here was sent or thrown away elsewhere.
  showRival(draft) {
    this.rival = draft;
    const template = this.host.querySelector(`template[data-rival="${draft ? "other" : "gone"}"]`);
    const box = template.content.cloneNode(true);
    const words = box.querySelector("[data-rival-text]");
    if (words) {
      const shown = new DOMParser().parseFromString(draft.html ?? "", "text/html");
      words.textContent = shown.body.innerText?.slice(0, 400) || "…";
    }
    this.place.replaceChildren(box);
  }

  take() {
    this.host.keeper.take(this.rival);
    this.host.showInstead(this.rival);
    this.close();
  }

  keepMine() {
    this.host.keeper.goOn(this.rival?.version);
    this.host.was = null;
    this.host.changed();
    this.close();
  }

  close() {
    this.place.replaceChildren();
    this.host.rich.focus();
  }
}

// Who else is at the tickets of a list: faces in the rows, a pencil while somebody types.
// The server says ids; names and faces are fetched once for each person.
import { FragmentError, fetchFragment } from "../fragments.js";
import { watch } from "../live.js";

const faces = new Map(); // user → element, or null while it is unknown

class RowPeople extends HTMLElement {
  connectedCallback() {
    this.list = this.closest("view-list");
    this.here = new Map(); // ticket → {viewing, typing}
    this.stop = watch(`view.${this.list.dataset.view}`, (message) => message.present && this.heard(message.present));
    this.list.addEventListener("rows-changed", () => this.showAll());
  }

  disconnectedCallback() {
    this.stop?.();
  }

  async heard(present) {
    for (const [number, people] of Object.entries(present)) this.here.set(number, people);
    const ids = Object.values(present).flatMap(({ viewing, typing }) => [...viewing, ...typing]);
    await this.learn([...new Set(ids)].filter((id) => !faces.has(id)));
    for (const number of Object.keys(present)) this.show(number);
  }

  async learn(ids) {
    if (!ids.length) return;
    for (const id of ids) faces.set(id, null);
    try {
      const fragment = await fetchFragment(`${this.dataset.faces}?ids=${ids.join(",")}`);
      for (const face of fragment.querySelectorAll("[data-face]")) faces.set(Number(face.dataset.face), face);
    } catch (error) {
      if (!(error instanceof FragmentError || error instanceof TypeError)) throw error;
      for (const id of ids) faces.delete(id);
    }
  }

  showAll() {
    for (const number of this.here.keys()) this.show(number);
  }

  show(number) {
    const row = this.list.row(number);
    if (!row) return;
    row.querySelector(".row-people")?.remove();
    const { viewing, typing } = this.here.get(number);
    const known = [...new Set([...typing, ...viewing])].filter((id) => faces.get(id));
    if (!known.length) return;
    const place = document.createElement("span");
    place.className = "row-people";
    for (const id of known.slice(0, 3)) place.append(this.face(id, typing.includes(id)));
    if (known.length > 3) place.append(`+${known.length - 3}`);
    row.querySelector(".c-subject").prepend(place);
  }

  face(id, isTyping) {
    const face = faces.get(id).cloneNode(true);
    const words = (isTyping ? this.dataset.typing : this.dataset.viewing).replace("NAME", face.dataset.name);
    face.title = words;
    face.classList.toggle("is-typing", isTyping);
    const said = document.createElement("span");
    said.className = "sr-only";
    said.textContent = words;
    face.append(said);
    return face;
  }
}

customElements.define("row-people", RowPeople);

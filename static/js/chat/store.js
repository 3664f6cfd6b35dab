// What the browser keeps for the visitor: their secret, what was not sent yet, the unsent text. Browsers that give a
// frame of another site nothing to keep things in (a private window, third-party cookies blocked) leave it to the
// page around: its script keeps it in the site's own storage, and brings it back with the first word.
function own(name) {
    try {
        const found = globalThis[name];
        found.setItem("desk-chat-probe", "1");
        found.removeItem("desk-chat-probe");
        return found;
    } catch {
        return null;
    }
}

export class Store {
    constructor(key) {
        this.prefix = `desk-chat:${key}:`;
        this.long = own("localStorage");
        this.tab = own("sessionStorage");
        this.beside = { long: {}, tab: {} };
        this.tell = () => {}; // how the page around is told; set once it has spoken
    }

    get needsSite() {
        return !this.long;
    }

    // What the page around has kept; its word counts where the browser keeps nothing here.
    fill({ long = {}, tab = {} }) {
        if (!this.needsSite) return;
        this.beside = { long: { ...long }, tab: { ...tab } };
    }

    get(name, otherwise = null) {
        return this.#read("long", name) ?? otherwise;
    }

    set(name, value) {
        this.#write("long", name, value);
    }

    // Of this tab alone: it survives a reload and the way to the next page.
    getOfTab(name, otherwise = null) {
        return this.#read("tab", name) ?? otherwise;
    }

    setOfTab(name, value) {
        this.#write("tab", name, value);
    }

    // Two tabs write to one list: read, change and write in one go, so that neither loses the other's.
    change(name, otherwise, how) {
        const value = how(this.get(name, otherwise));
        this.set(name, value);
        return value;
    }

    forget() {
        for (const name of ["token", "chat", "draft"]) this.set(name, null);
    }

    #read(where, name) {
        if (!this[where]) return this.beside[where][name] ?? null;
        try {
            return JSON.parse(this[where].getItem(this.prefix + name));
        } catch {
            return null;
        }
    }

    #write(where, name, value) {
        if (!this[where]) {
            this.beside[where][name] = value;
            this.tell({ keep: { where, name, value } });
            return;
        }
        try {
            if (value === null) this[where].removeItem(this.prefix + name);
            else this[where].setItem(this.prefix + name, JSON.stringify(value));
        } catch { /* full: what was typed is on the screen all the same */ }
    }
}

// What the browser keeps for the visitor: their secret, what was not sent yet, the unsent text. Where the browser
// keeps nothing (some forbid it in frames), it lives as long as the page.
const beside = new Map();

function box(name) {
    try {
        const found = globalThis[name];
        found.setItem("desk-chat-probe", "1");
        found.removeItem("desk-chat-probe");
        return found;
    } catch {
        return { getItem: key => beside.get(name + key) ?? null, setItem: (key, value) => beside.set(name + key, value),
                 removeItem: key => beside.delete(name + key) };
    }
}

export class Store {
    constructor(key) {
        this.prefix = `desk-chat:${key}:`;
        this.long = box("localStorage");
        this.tab = box("sessionStorage");
    }

    get(name, otherwise = null) {
        return this.#read(this.long, name, otherwise);
    }

    set(name, value) {
        this.#write(this.long, name, value);
    }

    // Of this tab alone: it survives a reload and the way to the next page.
    getOfTab(name, otherwise = null) {
        return this.#read(this.tab, name, otherwise);
    }

    setOfTab(name, value) {
        this.#write(this.tab, name, value);
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

    #read(where, name, otherwise) {
        try {
            return JSON.parse(where.getItem(this.prefix + name)) ?? otherwise;
        } catch {
            return otherwise;
        }
    }

    #write(where, name, value) {
        try {
            if (value === null) where.removeItem(this.prefix + name);
            else where.setItem(this.prefix + name, JSON.stringify(value));
        } catch {
            beside.set(name, value); // full: what matters is in memory, too
        }
    }
}

// The way to the help desk: a websocket, or questions every few seconds where there is none. What the visitor says
// lies in an outbox until the desk has said that it was taken; after any break it is sent again, under the same id.
const ALIVE = 25_000, DEAF = 60_000, TAKEN = 12_000, ASK = 3_000, SLOW = 8_000;
const FIRST_PAUSE = 400, LONGEST_PAUSE = 15_000, WITHOUT_SOCKET_AFTER = 3;

export class Connection extends EventTarget {
    constructor({ root, key, store, around, identity }) {
        super();
        Object.assign(this, { root, key, store, around, identity });
        this.socket = null;
        this.isWelcome = false;
        this.isWanted = false;
        this.failures = 0;
        this.everOpened = false;
        this.inFlight = new Set();
        this.version = "";
        addEventListener("online", () => this.#again(0));
        addEventListener("offline", () => this.#tell("state", { connected: false }));
        document.addEventListener("visibilitychange", () => document.hidden || this.#again(0));
        setInterval(() => this.#pulse(), ALIVE);
    }

    get token() {
        return this.store.get("token");
    }

    get outbox() {
        return this.store.get("outbox", []);
    }

    // Connect, and stay connected. Without a token one is asked for first: then there is something to say.
    async begin() {
        this.isWanted = true;
        if (!this.timer) await this.#open();
    }

    say(message) {
        this.store.change("outbox", [], list => [...list, message]);
        this.#tell("outbox");
        this.hasMore = true;
        if (this.isAsking) this.#again(0);
        else this.begin();
        this.#flush();
    }

    // Small words that need not arrive: typing, receipts, where the visitor is.
    whisper(words) {
        if (this.isWelcome) this.socket.send(JSON.stringify(words));
        return this.isWelcome;
    }

    // One request; null when it was refused or there is no connection, `status` tells.
    async ask(path, { method = "GET", body, token = true } = {}) {
        const headers = {};
        if (token) headers["X-Visitor"] = this.token ?? "";
        if (body !== undefined && !(body instanceof FormData)) headers["Content-Type"] = "application/json";
        try {
            const answer = await fetch(this.root + path, {
                method, headers, credentials: "omit", cache: "no-store",
                body: body === undefined || body instanceof FormData ? body : JSON.stringify(body),
            });
            const told = answer.status === 204 ? {} : await answer.json().catch(() => ({}));
            return { ok: answer.ok, status: answer.status, told };
        } catch {
            return { ok: false, status: 0, told: {} };
        }
    }

    // The visitor's secret, made when it is first needed.
    async meet() {
        if (this.token) return true;
        this.meeting ??= this.ask("visitors/", {
            method: "POST", token: false, body: { ...this.around(), identity: this.identity() },
        });
        const { ok, told } = await this.meeting;
        this.meeting = null;
        if (ok) {
            this.store.set("token", told.token);
            this.#tell("visitor", told.visitor);
        }
        return ok;
    }

    // One at a time, whoever wants it: a second one would be a second socket, or ask twice as often.
    async #open() {
        clearTimeout(this.timer);
        this.timer = null;
        if (this.socket || this.isOpening) return;
        this.isOpening = true;
        const pause = await this.#connect().finally(() => this.isOpening = false);
        if (pause !== null) this.#again(pause);
    }

    // The pause before the next attempt: undefined as the failures say, null when there is a socket now.
    async #connect() {
        if (!(await this.meet())) return undefined;
        this.isAsking = this.failures >= WITHOUT_SOCKET_AFTER && !this.everOpened;
        if (this.isAsking) return this.#askAlong();
        const url = new URL("/ws/chat/", location.href);
        url.protocol = url.protocol.replace("http", "ws");
        const socket = this.socket = new WebSocket(url);
        socket.onopen = () => {
            this.heardAt = Date.now();
            socket.send(JSON.stringify({ hello: { widget: this.key, token: this.token, after: 0 } }));
        };
        socket.onmessage = event => {
            this.heardAt = Date.now();
            this.#hear(JSON.parse(event.data));
        };
        socket.onclose = event => this.socket === socket && this.#closed(event.code);
        return null;
    }

    #closed(code) {
        this.socket = null;
        this.isWelcome = false;
        this.inFlight.clear();
        this.failures += 1;
        this.#tell("state", { connected: false });
        if (code === 4401) this.#forget();
        this.#again(code === 4429 || code === 4430 ? LONGEST_PAUSE : undefined);
    }

    #forget() {
        this.store.forget();
        this.#tell("forgotten");
    }

    #again(pause) {
        if (!this.isWanted || this.socket || this.isOpening) return;
        clearTimeout(this.timer);
        const grown = Math.min(FIRST_PAUSE * 2 ** this.failures, LONGEST_PAUSE) * (0.5 + Math.random());
        this.timer = setTimeout(() => this.#open(), pause ?? grown);
    }

    #hear(told) {
        if (told.welcome) {
            this.isWelcome = this.everOpened = true;
            this.failures = 0;
            this.#tell("state", { connected: true });
            this.#tell("welcome", told.welcome);
            const { url, title } = this.page?.() ?? {};
            if (url) this.whisper({ page: { url, title } });
            this.#flush();
        }
        if (told.taken) this.#taken(told.taken);
        if (told.refused !== undefined) {
            this.#taken(told.refused);
            this.#tell("refused", { client_id: told.refused });
        }
        if (told.slow) {
            this.#tell("slow");
            setTimeout(() => {
                this.inFlight.delete(told.slow);
                this.#flush();
            }, SLOW);
        }
        for (const name of ["messages", "chat", "place", "typing"]) {
            if (told[name] !== undefined) this.#tell(name, told[name]);
        }
    }

    #taken(clientId) {
        this.inFlight.delete(clientId);
        this.store.change("outbox", [], list => list.filter(each => each.client_id !== clientId));
        this.#tell("taken", { client_id: clientId });
    }

    #flush() {
        if (!this.isWelcome) return;
        for (const message of this.outbox) {
            if (this.inFlight.has(message.client_id)) continue;
            this.inFlight.add(message.client_id);
            this.socket.send(JSON.stringify({ say: message }));
            const socket = this.socket;
            setTimeout(() => {
                if (this.socket === socket && this.inFlight.has(message.client_id)) socket.close();
            }, TAKEN);
        }
    }

    #pulse() {
        if (!this.socket || !this.isWelcome) return;
        if (Date.now() - this.heardAt > DEAF) this.socket.close();
        else this.whisper({ alive: true });
    }

    // Without websockets (a proxy that forbids them): post what there is to say, ask what was said.
    async #askAlong() {
        this.hasMore = false;
        for (const message of this.outbox) {
            const { ok, status, told } = await this.ask("messages/", { method: "POST", body: message });
            if (ok) this.#taken(message.client_id);
            else if (status === 422) this.#hear({ refused: message.client_id });
            else if (told.error === "unknown") this.#forget();
            else break;
        }
        const { ok, told } = await this.ask(`conversation/?version=${encodeURIComponent(this.version)}`);
        this.#tell("state", { connected: ok });
        if (told.error === "unknown") this.#forget();
        if (ok && told.version) {
            this.version = told.version;
            this.#tell("welcome", told);
        }
        this.asked = (this.asked ?? 0) + 1;
        if (this.asked % 20 === 0) this.failures = 0; // perhaps there is a websocket by now
        if (this.hasMore && ok) return 0; // said meanwhile
        return document.hidden ? 5 * ASK : ASK;
    }

    async receipt(chat, got, read) {
        if (this.whisper({ got, read })) return;
        await this.ask(`chats/${chat}/receipts/`, { method: "POST", body: { got, read } });
    }

    #tell(name, detail = {}) {
        this.dispatchEvent(new CustomEvent(name, { detail }));
    }
}

// The one line of a site: <script src="…/chat/widget.js" data-widget="KEY" async></script>
// Everything the visitor sees lies in a frame of the help desk. This script places it, tells it where the
// visitor is, and who they are if the site vouches for them. It sets styles through the DOM alone, so that a
// strict policy of the site (script-src and frame-src of the desk) is enough.
(() => {
    const script = document.currentScript ?? document.querySelector("script[data-widget]");
    const key = script?.dataset.widget;
    if (!key || document.querySelector("iframe[data-desk-chat-frame]")) return;
    const desk = new URL(script.src).origin;
    const given = script.dataset;
    const BESIDE = "2147483000";
    let identity = given.userId
        ? { id: given.userId, email: given.userEmail ?? "", name: given.userName ?? "",
            expires: given.expires ?? "", signature: given.signature ?? "" }
        : null;
    let frame = null;
    let state = "hidden";
    let side = "end";
    let before = null;
    let wanted = null;

    const style = values => Object.entries(values).forEach(([name, value]) => frame.style.setProperty(name, value));
    const tell = message => frame?.contentWindow?.postMessage({ deskChat: 1, ...message }, desk);
    const here = () => ({ url: location.href, title: document.title, referrer: document.referrer });

    function place() {
        const isPhone = innerWidth <= 480 || innerHeight <= 480;
        const isRtl = getComputedStyle(document.documentElement).direction === "rtl";
        const edge = (side === "end") === isRtl ? "left" : "right";
        style({
            "position": "fixed", "z-index": BESIDE, "border": "0", "margin": "0", "padding": "0",
            "background": "transparent", "color-scheme": "light", "max-width": "none", "max-height": "none",
            "left": "auto", "right": "auto", "top": "auto", "display": state === "hidden" ? "none" : "block",
        });
        const sizes = {
            hidden: ["0", "0"], closed: ["92px", "92px"], teaser: ["min(372px, 100vw)", "230px"],
            open: isPhone ? ["100vw", "100dvh"] : ["min(432px, 100vw)", "min(736px, 100vh)"],
        };
        const [width, height] = sizes[state] ?? sizes.closed;
        style({ width, height, "bottom": "0", [edge]: "0" });
        tell({ phone: isPhone });
    }

    // For browsers that give the frame no storage: what it wants to keep lies in the site's own.
    const boxes = { long: () => localStorage, tab: () => sessionStorage };
    function kept(where) {
        try {
            return JSON.parse(boxes[where]().getItem(`desk-chat:${key}`)) ?? {};
        } catch {
            return {};
        }
    }
    function keep({ where, name, value }) {
        if (!(where in boxes)) return;
        const all = kept(where);
        if (value === null) delete all[name];
        else all[name] = value;
        try {
            boxes[where]().setItem(`desk-chat:${key}`, JSON.stringify(all));
        } catch { /* nothing is kept here, either: it lasts as long as the page */ }
    }

    function listen(event) {
        if (event.source !== frame.contentWindow || event.origin !== desk || !event.data?.deskChat) return;
        const { ready, size, label, needsSite } = event.data;
        if (event.data.keep) keep(event.data.keep);
        if (ready) {
            tell({ page: here(), identity, kept: needsSite ? { long: kept("long"), tab: kept("tab") } : null });
            if (wanted !== null) tell({ open: wanted });
        }
        if (!size) return;
        if (size === "open" && state !== "open") before = document.activeElement;
        const isClosing = state === "open" && size !== "open";
        state = size;
        side = event.data.side ?? side;
        if (label) frame.title = label;
        place();
        if (isClosing && before?.isConnected && document.activeElement === frame) before.focus?.();
    }

    function begin() {
        frame = document.createElement("iframe");
        frame.dataset.deskChatFrame = "";
        frame.title = given.title ?? "Chat";
        frame.allow = "autoplay; clipboard-write";
        const language = given.language ?? (document.documentElement.lang || navigator.language);
        frame.src = `${desk}/chat/${encodeURIComponent(key)}/frame/?lang=${encodeURIComponent(language)}`;
        place();
        addEventListener("message", listen);
        addEventListener("resize", place);
        addEventListener("storage", event => event.key === `desk-chat:${key}` && tell({ kept: { long: kept("long"), tab: kept("tab") } }));
        document.body.append(frame);
        // Pages that change without being loaded anew tell nobody that they did.
        let told = location.href;
        setInterval(() => {
            if (location.href === told) return;
            told = location.href;
            tell({ page: here() });
        }, 1500);
    }

    // For the site's own buttons and scripts: data-desk-chat="open", or an event with what is wished.
    document.addEventListener("click", event => {
        const button = event.target.closest?.("[data-desk-chat]");
        if (!button || button === frame) return;
        event.preventDefault();
        tell({ open: button.dataset.deskChat !== "close" });
    });
    addEventListener("desk-chat", event => {
        const { open, identify } = event.detail ?? {};
        if (identify) tell({ identity: identity = identify });
        if (typeof open === "boolean") tell({ open: wanted = open });
    });
    if (document.readyState === "complete") begin();
    else addEventListener("load", begin, { once: true });
})();

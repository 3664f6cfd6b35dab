// Building and filling: elements, icons, texts with their placeholders, links in words of strangers.
const SHAPES = {
    chat: ["M7.9 20A9 9 0 1 0 4 16.1L2 22Z"],
    down: ["m6 9 6 6 6-6"],
    close: ["M18 6 6 18", "m6 6 12 12"],
    send: ["m5 12 7-7 7 7", "M12 19V5"],
    back: ["m15 18-6-6 6-6"],
    forward: ["m9 18 6-6-6-6"],
    clip: ["m21.44 11.05-9.19 9.19a6 6 0 0 1-8.49-8.49l8.57-8.57A4 4 0 1 1 18 8.84l-8.59 8.57a2 2 0 0 1-2.83-2.83l8.49-8.48"],
    smile: ["M22 12a10 10 0 1 1-20 0 10 10 0 0 1 20 0", "M8 14s1.5 2 4 2 4-2 4-2", "M9 9h.01", "M15 9h.01"],
    more: ["M12 12h.01", "M19 12h.01", "M5 12h.01"],
    search: ["m21 21-4.34-4.34", "M19 11a8 8 0 1 1-16 0 8 8 0 0 1 16 0"],
    up: ["M7 10v12", "M15 5.88 14 10h5.83a2 2 0 0 1 1.92 2.56l-2.33 8A2 2 0 0 1 17.5 22H4a2 2 0 0 1-2-2v-8a2 2 0 0 1 2-2h2.76a2 2 0 0 0 1.79-1.11L12 2a3.13 3.13 0 0 1 3 3.88Z"],
    thumbDown: ["M17 14V2", "M9 18.12 10 14H4.17a2 2 0 0 1-1.92-2.56l2.33-8A2 2 0 0 1 6.5 2H20a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2h-2.76a2 2 0 0 0-1.79 1.11L12 22a3.13 3.13 0 0 1-3-3.88Z"],
    file: ["M15 2H6a2 2 0 0 0-2 2v16a2 2 0 0 0 2 2h12a2 2 0 0 0 2-2V7Z", "M14 2v4a2 2 0 0 0 2 2h4"],
};
const SVG = "http://www.w3.org/2000/svg";
const LINK = /\bhttps?:\/\/[^\s<>"']+[^\s<>"'.,:;!?)\]]/g;

export function icon(name) {
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    svg.setAttribute("class", `icon icon-${name}`);
    for (const shape of SHAPES[name]) {
        const path = document.createElementNS(SVG, "path");
        path.setAttribute("d", shape);
        svg.append(path);
    }
    return svg;
}

// h("p", {class: "hint", onclick: f}, "words", element): what is null or false is left out.
export function h(tag, values = {}, ...inside) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(values)) {
        if (value === null || value === undefined || value === false) continue;
        if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
        else element.setAttribute(name, value === true ? "" : value);
    }
    element.append(...inside.flat().filter(each => each !== null && each !== undefined && each !== false));
    return element;
}

export function iconButton(name, label, act, css = "") {
    return h("button", { type: "button", class: `round ${css}`, "aria-label": label, title: label, onclick: act }, icon(name));
}

export function filled(text, values = {}) {
    return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

// Words of people as text, their links as links that open beside the site.
export function linked(text) {
    const parts = [];
    let at = 0;
    for (const found of text.matchAll(LINK)) {
        parts.push(text.slice(at, found.index));
        parts.push(h("a", { href: found[0], target: "_blank", rel: "noopener noreferrer nofollow" }, found[0]));
        at = found.index + found[0].length;
    }
    return [...parts, text.slice(at)];
}

export function initials(name) {
    const words = name.trim().split(/\s+/);
    return ((words[0]?.[0] ?? "") + (words.length > 1 ? words.at(-1)[0] : "")).toUpperCase();
}

export function sizeOf(bytes, language) {
    const [amount, unit] = bytes >= 1e6 ? [bytes / 1e6, "megabyte"] : [Math.max(bytes / 1e3, 1), "kilobyte"];
    return new Intl.NumberFormat(language, { style: "unit", unit, maximumFractionDigits: 1 }).format(amount);
}

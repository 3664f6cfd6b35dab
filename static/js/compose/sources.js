// What completion offers, and behind which letters. Each source finds elements that carry what they
// put into the text as [data-insert-html].
import { fetchFragment } from "../fragments.js";

export function sourcesFor(rich) {
  const { people, articles, placeholders } = rich.dataset;
  const words = (name) => rich.dataset[`${name}Label`] ?? name;
  const sources = [
    {
      name: "people", label: words("people"), pattern: /(^|[\s(])@([\p{L}\p{N}][\p{L}\p{N} .'_-]{0,30}|)$/u,
      isOffered: () => Boolean(people) && rich.kind === "internal",
      find: (query) => fetched(`${people}?q=${encodeURIComponent(query)}`),
    },
    {
      name: "articles", label: words("articles"), pattern: /()\[\[([^\]\n]{0,50})$/,
      isOffered: () => Boolean(articles),
      find: (query) => fetched(`${articles}?q=${encodeURIComponent(query)}`),
    },
    {
      name: "placeholders", label: words("placeholders"), pattern: /()\{\{\s*([\w. ]{0,50})$/, isLocal: true,
      isOffered: () => Boolean(placeholders),
      find: (query) => values(rich, placeholders, query),
    },
    {
      name: "emoji", label: words("emoji"), pattern: /(^|[\s(]):([a-z0-9_+-]{2,20})$/i, isLocal: true, columns: 8,
      isOffered: () => true,
      find: emoji,
    },
  ];
  return sources;
}

async function fetched(url) {
  const fragment = await fetchFragment(url);
  return [...fragment.querySelectorAll("[data-insert-html]")];
}

// Values are asked for once a page, and again when the form of a new ticket names somebody else.
let kept = { key: null, options: [] };

async function values(rich, url, query) {
  const about = (rich.dataset.about?.split(" ") ?? []).map((name) => [name, rich.form.elements[name]?.value ?? ""]);
  const key = `${url}?${new URLSearchParams(about)}`;
  if (kept.key !== key) {
    const fragment = await fetchFragment(key);
    kept = { key, options: [...fragment.querySelectorAll("[role=option]")] };
  }
  const wanted = query.toLowerCase();
  const fits = (each) => `${each.dataset.label} ${each.dataset.find}`.toLowerCase().includes(wanted);
  return kept.options.filter(fits).map((each) => each.cloneNode(true));
}

async function emoji(query) {
  const { EMOJI } = await import("./emoji.js");
  const wanted = query.toLowerCase().replace(/-/g, "_");
  const first = EMOJI.filter(([, names]) => names.split(" ").some((name) => name.startsWith(wanted)));
  const rest = wanted ? EMOJI.filter((each) => !first.includes(each) && each[1].includes(wanted)) : [];
  return [...first, ...rest].slice(0, wanted ? 40 : EMOJI.length).map(([sign, names]) => {
    const option = document.createElement("div");
    const name = names.split(" ")[0].replace(/_/g, " ");
    option.textContent = sign;
    option.title = name;
    option.setAttribute("aria-label", name);
    option.dataset.label = name;
    option.dataset.insertHtml = sign;
    return option;
  });
}

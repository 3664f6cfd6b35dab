// How long a text is, as each network counts it; the server counts again (channels_in/social/lengths.py).
const segmenter = globalThis.Intl?.Segmenter ? new Intl.Segmenter() : null;
const LINK = /https?:\/\/\S+/giu;
const LIGHT = [[0, 4351], [8192, 8205], [8208, 8223], [8242, 8247]];

function letters(text) {
  return segmenter ? [...segmenter.segment(text)].map(({ segment }) => segment) : [...text];
}

function graphemes(text) {
  return letters(text).length;
}

function mastodon(text) {
  return graphemes(text.replace(LINK, "x".repeat(23)).replace(/(?<![\w/@])@(\w+(?:[\w.-]*\w)?)@[\w.-]+\w/gu, "@$1"));
}

function weighted(text) {
  const links = text.match(LINK)?.length ?? 0;
  const weigh = (letter) => {
    const code = letter.codePointAt(0);
    return LIGHT.some(([low, high]) => code >= low && code <= high) ? [...letter].length : 2;
  };
  return letters(text.normalize("NFC").replace(LINK, "")).reduce((sum, letter) => sum + weigh(letter), links * 23);
}

export const counts = {
  graphemes,
  mastodon,
  weighted,
  len: (text) => [...text].length,
  count_bytes: (text) => new TextEncoder().encode(text).length,
};

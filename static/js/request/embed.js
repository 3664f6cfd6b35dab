// Puts a request form where this script stands, in a frame that is as high as what is in it:
// <script src="…/request/embed.js" data-form="contact" async></script>
// data-theme: light, dark or system; data-lang: en, de, fr; data-into: a selector of another place.
(() => {
  const script = document.currentScript;
  const { form, theme, lang, into, title } = script.dataset;
  if (!form) return;
  const source = new URL(script.src);
  const address = new URL(`${encodeURIComponent(form)}/embed/`, source);
  if (theme) address.searchParams.set("theme", theme);
  if (lang) address.searchParams.set("lang", lang);
  const frame = document.createElement("iframe");
  frame.src = address;
  frame.title = title || "Request form";
  frame.loading = "lazy";
  frame.setAttribute("allowtransparency", "true");
  Object.assign(frame.style, { width: "100%", height: "640px", border: "0", colorScheme: "auto" });
  const place = into ? document.querySelector(into) : null;
  if (place) place.append(frame);
  else script.after(frame);
  window.addEventListener("message", (event) => {
    if (event.source !== frame.contentWindow || event.origin !== source.origin) return;
    const { type, height } = event.data ?? {};
    if (type === "help-desk-request" && height > 0) frame.style.height = `${Math.min(height, 8000)}px`;
  });
})();

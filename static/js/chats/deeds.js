// Forms of deeds in chats: sent without leaving the page; what went wrong stands where it was asked.
// [data-stays]: nothing is opened afterwards; the others lead to the chat's ticket.
import { toast } from "../elements/app-toast.js";

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-chat-deed]")) return;
  event.preventDefault();
  act(form, event.submitter);
});

// "Cancel" in a dialog closes it; on a page of its own it is a link back.
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-close-link]");
  if (!link?.closest("dialog")) return;
  event.preventDefault();
  link.closest("dialog").close();
});

async function act(form, button) {
  if (form.isBusy) return;
  form.isBusy = true;
  button?.setAttribute("aria-busy", "true");
  const { response, answer } = await post(form.action, new FormData(form));
  form.isBusy = false;
  button?.removeAttribute("aria-busy");
  document.dispatchEvent(new Event("chats-changed"));
  if (!response?.ok) return refuse(form, answer.error || document.querySelector("chat-dock")?.dataset.failed);
  form.closest("dialog")?.close();
  if ("stays" in form.dataset || !answer.url) {
    if (answer.said) toast(answer.said);
    return;
  }
  if (answer.said) sessionStorage.setItem("chat-said", answer.said);
  if (location.pathname === answer.url) location.reload();
  else location.assign(answer.url);
}

function refuse(form, words) {
  const place = form.querySelector("[data-error]");
  if (place) place.textContent = words;
  else toast(words);
}

export async function post(url, body) {
  const headers = { "HX-Request": "true", ...JSON.parse(document.body.getAttribute("hx-headers")) };
  try {
    const response = await fetch(url, { method: "POST", headers, body, credentials: "same-origin" });
    const isJson = response.headers.get("Content-Type")?.includes("json");
    return { response, answer: isJson ? await response.json() : {} };
  } catch (error) {
    if (!(error instanceof TypeError || error instanceof SyntaxError)) throw error;
    return { response: null, answer: {} };
  }
}

const said = sessionStorage.getItem("chat-said");
sessionStorage.removeItem("chat-said");
if (said) toast(said);

// What somebody writes, kept in this browser per person and ticket until the server has it.
const PREFIX = "draft";
const KEPT_FOR = 30 * 24 * 3600 * 1000;

export function draftKey(user, ticket) {
  return `${PREFIX}:${user}:${ticket}`;
}

export function readDraft(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

// Returns whether it could be kept: a full or forbidden storage must be said, not hidden.
export function writeDraft(key, draft) {
  try {
    localStorage.setItem(key, JSON.stringify({ ...draft, at: Date.now() }));
    return true;
  } catch {
    return false;
  }
}

export function removeDraft(key) {
  localStorage.removeItem(key);
}

export function newSubmitKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// Old drafts, and those of a form that was sent and led to another page.
export function sweepDrafts({ alsoSent }) {
  for (const key of Object.keys(localStorage)) {
    if (!key.startsWith(`${PREFIX}:`)) continue;
    const draft = readDraft(key);
    if (!draft || Date.now() - draft.at > KEPT_FOR || (alsoSent && draft.isSent)) removeDraft(key);
  }
}

// Fetching a piece of a page with the reader's own rights.
export class FragmentError extends Error {
  constructor(status) {
    super(`fragment answered ${status}`);
    this.status = status;
  }
}

export async function fetchFragment(url) {
  const response = await fetch(url, { headers: { "HX-Request": "true" }, credentials: "same-origin" });
  if (!response.ok) throw new FragmentError(response.status);
  const holder = document.createElement("template");
  holder.innerHTML = await response.text();
  return holder.content;
}

// Runs `work` soon after the last call, never twice at a time and at most once in `pause` milliseconds.
export function coalesced(work, pause) {
  let timer = 0;
  let isRunning = false;
  let isWanted = false;
  let lastAt = 0;

  async function run() {
    timer = 0;
    isRunning = true;
    isWanted = false;
    lastAt = Date.now();
    try {
      await work();
    } catch (error) {
      if (!(error instanceof FragmentError || error instanceof TypeError)) throw error;
    } finally {
      isRunning = false;
      if (isWanted) request();
    }
  }

  function request(jitter = 0) {
    isWanted = true;
    if (timer || isRunning) return;
    timer = setTimeout(run, Math.max(0, lastAt + pause - Date.now()) + Math.random() * jitter);
  }
  return request;
}

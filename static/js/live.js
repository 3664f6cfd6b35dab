// The page's one websocket. Modules say what they watch and hear small facts; they fetch the rest.
//
// watch("ticket.42", listener) → a function that ends it. The listener gets the server's message, and
// {resumed: true} after a lost connection came back, so that nothing that happened meanwhile is missed.
// Who begins to watch is told how things are, for what happened since the page was made.
const ALIVE_EVERY = 20_000;
const LONGEST_WAIT = 30_000;
const SIGNED_OUT = 4401;

const listeners = new Map(); // name → Set of functions
let socket = null;
let attempts = 0;
let wasOpen = false;
let retryTimer = 0;
const states = new EventTarget();

export function watch(name, listener) {
  if (!listeners.has(name)) listeners.set(name, new Set());
  const isFirst = listeners.get(name).size === 0;
  listeners.get(name).add(listener);
  if (isFirst) send({ watch: [name] });
  connect();
  return () => {
    const all = listeners.get(name);
    all?.delete(listener);
    if (all?.size === 0) {
      listeners.delete(name);
      send({ unwatch: [name] });
    }
  };
}

export function send(message) {
  if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
}

// "open", "lost" or "signed-out"
export function onState(listener) {
  states.addEventListener("state", (event) => listener(event.detail));
}

// Every page of the workspace is connected: that says that the agent is there.
export function connect() {
  if (socket || retryTimer) return;
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  socket = new WebSocket(`${scheme}://${location.host}/ws/`);
  socket.addEventListener("open", opened);
  socket.addEventListener("message", (event) => heard(JSON.parse(event.data)));
  socket.addEventListener("close", closed);
}

function opened() {
  if (listeners.size) send({ watch: [...listeners.keys()] });
  if (wasOpen) tellAll({ resumed: true });
  wasOpen = true;
  attempts = 0;
  say("open");
}

function heard(message) {
  if ("watching" in message) heardState(message);
  else if ("ticket" in message) tell(`ticket.${message.ticket}`, message);
  else if ("presence" in message) tell(`ticket.${message.presence}`, message);
  else if ("desk" in message) tell(message.desk, message);
  else if ("visitor" in message) for (const kind of ["ticket", "desk"]) tell(`${kind}.${message.visitor}`, message);
  else if ("notifications" in message) tell(`user.${message.user}`, message);
  else if ("tickets" in message || "counts" in message || "present" in message) {
    for (const name of listeners.keys()) if (name.startsWith("view.")) tell(name, message);
  }
}

// Told on only where the page shows something else.
function heardState({ watching, versions = {}, unread }) {
  for (const [ticket, version] of Object.entries(versions)) {
    const isShown = document.querySelector(`ticket-page[data-ticket="${ticket}"]`)?.version >= version;
    if (!isShown) tell(`ticket.${ticket}`, { ticket: Number(ticket), version, kinds: [] });
  }
  if (unread === undefined || document.querySelector("notification-bell")?.count === unread) return;
  for (const name of watching) if (name.startsWith("user.")) tell(name, { notifications: unread });
}

function closed(event) {
  socket = null;
  if (event.code === SIGNED_OUT) {
    say("signed-out");
    return;
  }
  attempts += 1;
  if (attempts > 1) say("lost");
  // Back-off with jitter: a restarted server must not meet all its browsers in one moment.
  const wait = Math.min(LONGEST_WAIT, 500 * 2 ** attempts) * (0.5 + Math.random() / 2);
  retryTimer = setTimeout(retry, wait);
}

function retry() {
  clearTimeout(retryTimer);
  retryTimer = 0;
  connect();
}

function tell(name, message) {
  for (const listener of listeners.get(name) ?? []) listener(message);
}

function tellAll(message) {
  for (const name of listeners.keys()) tell(name, message);
}

function say(state) {
  states.dispatchEvent(new CustomEvent("state", { detail: state }));
}

// Out of sight nobody looks at the ticket, but the agent is still at work.
setInterval(() => send(document.hidden ? { connected: true } : { alive: true }), ALIVE_EVERY);
addEventListener("online", () => retryTimer && retry());
// A page that comes back out of the browser's memory has a dead socket and old contents.
addEventListener("pageshow", (event) => event.persisted && location.reload());

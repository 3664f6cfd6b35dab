// Ringing: two soft tones every few seconds, in one tab of the browser, and the title of the window.
const EVERY = 2600;
const KEY = "chat-sound";
let context = null;
let ringing = null; // { name, timer, title, release }

export function isLoud() {
  return localStorage.getItem(KEY) === "on";
}

// A click is what browsers ask for before a page may be heard.
export function setLoud(loud) {
  localStorage.setItem(KEY, loud ? "on" : "off");
  if (loud) sound();
}

export function ring(name, words) {
  if (ringing?.name === name) return;
  hush();
  const state = { name, words, isMine: false, plain: document.title, on: false };
  ringing = state;
  state.timer = setInterval(() => beat(state), EVERY / 2);
  // Of many tabs one is heard: the lock is held while it rings.
  navigator.locks?.request("chat-ring", { ifAvailable: true }, (lock) => {
    if (!lock || ringing !== state) return undefined;
    state.isMine = true;
    if (isLoud()) sound();
    return new Promise((release) => (state.release = release));
  });
}

export function hush() {
  if (!ringing) return;
  clearInterval(ringing.timer);
  ringing.release?.();
  if (document.title === ringing.words) document.title = ringing.plain;
  ringing = null;
}

function beat(state) {
  state.on = !state.on;
  if (document.title !== state.words) state.plain = document.title;
  document.title = state.on ? state.words : state.plain;
  if (state.on && state.isMine && isLoud()) sound();
}

function sound() {
  context ??= new AudioContext();
  context.resume().catch(() => {});
  tone(660, 0);
  tone(880, 0.18);
}

function tone(pitch, after) {
  const start = context.currentTime + after;
  const [oscillator, gain] = [context.createOscillator(), context.createGain()];
  oscillator.frequency.value = pitch;
  gain.gain.setValueAtTime(0, start);
  gain.gain.linearRampToValueAtTime(0.12, start + 0.02);
  gain.gain.exponentialRampToValueAtTime(0.001, start + 0.45);
  oscillator.connect(gain).connect(context.destination);
  oscillator.start(start);
  oscillator.stop(start + 0.5);
}

// The subscription of this browser: made, told to the server, and told again when the sign-in is another one.
export async function registration() {
  if (!("serviceWorker" in navigator && "PushManager" in window)) return null;
  return navigator.serviceWorker.ready;
}

export async function subscribe(worker, key, url) {
  let own = await worker.pushManager.getSubscription();
  if (own && !isMadeWith(own, key)) {
    await own.unsubscribe(); // the installation has another key now
    own = null;
  }
  own ??= await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(key) });
  await tellServer(url, "POST", own);
}

export async function tellServer(url, method, subscription) {
  const headers = { "Content-Type": "application/json", ...JSON.parse(document.body.getAttribute("hx-headers")) };
  const response = await fetch(url, { method, headers, body: JSON.stringify(subscription), credentials: "same-origin" });
  if (!response.ok) throw new Error(`subscription answered ${response.status}`);
}

function isMadeWith(subscription, key) {
  const used = subscription.options.applicationServerKey;
  const wanted = bytes(key);
  return used && new Uint8Array(used).every((byte, index) => byte === wanted[index]);
}

function bytes(base64url) {
  const text = atob(base64url.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

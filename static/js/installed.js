// The service worker: the page that is shown without a connection, and messages of the browser. A browser that
// was switched on and has signed in anew is made known again, once a window.
import { registration, subscribe } from "./pushes.js";

const { worker, pushKey, pushUrl } = document.body.dataset;

async function begin() {
  await navigator.serviceWorker.register(worker, { scope: "/" });
  if (!pushKey || Notification.permission !== "granted" || sessionStorage.getItem("push-known")) return;
  const ready = await registration();
  if (!(await ready?.pushManager.getSubscription())) return;
  await subscribe(ready, pushKey, pushUrl);
  sessionStorage.setItem("push-known", "1");
}

if (worker && "serviceWorker" in navigator && window.isSecureContext) begin().catch(() => {}); // works without, too

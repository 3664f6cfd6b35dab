// Two things and no more: a page for when there is no connection, and messages of the browser. No page with
// anything of anybody is ever kept: what is in the cache is the same for everybody (SHELL).
const { version, shell, offline, icon } = JSON.parse("{{ settings }}");
const CACHE = `shell-${version}`;

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(shell)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) if (name !== CACHE) await caches.delete(name);
      await self.clients.claim();
    })(),
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.mode === "navigate") event.respondWith(fetch(request).catch(() => caches.match(offline)));
  else if (shell.includes(new URL(request.url).pathname)) {
    event.respondWith(fetch(request).catch(() => caches.match(request)));
  }
});

self.addEventListener("push", (event) => event.waitUntil(shown(event.data)));

async function shown(data) {
  let said = {};
  try {
    said = data.json();
  } catch {
    return; // not ours
  }
  // Who is looking at the help desk sees it there.
  const windows = await self.clients.matchAll({ type: "window" });
  if (said.tag !== "test" && windows.some((each) => each.focused && each.visibilityState === "visible")) return;
  await self.registration.showNotification(said.title, {
    body: said.body, tag: said.tag, icon, badge: icon, data: { url: said.url }, renotify: true,
  });
}

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(opened(new URL(event.notification.data?.url ?? "/", self.location.origin)));
});

async function opened(url) {
  if (url.origin !== self.location.origin) return;
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const here = windows.find((each) => new URL(each.url).pathname === url.pathname);
  if (here) await here.focus();
  else await self.clients.openWindow(url.href);
}

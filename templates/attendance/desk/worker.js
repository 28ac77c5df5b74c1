{% load static %}// Lets the desk's page load without network. It holds pages and files, never a name: the list is elsewhere, encrypted.
const STORE = "desk";
const inTime = (request) => new Promise((resolve, reject) => {
  const late = setTimeout(reject, 4000);
  fetch(request).then((answer) => { clearTimeout(late); resolve(answer); }, reject);
});
const kept = (request) => caches.open(STORE).then((store) => store.match(request, { ignoreSearch: true, ignoreVary: true }));

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const request = event.request;
  if (request.method !== "GET" || new URL(request.url).origin !== self.location.origin) return;
  if (request.mode === "navigate") {
    // The newest page where there is network: it says when access has ended.
    event.respondWith(inTime(request).then((answer) => answer.status < 500 ? answer : kept(request).then((page) => page || answer))
      .catch(() => kept(request).then((page) => page || Response.error())));
  } else if (request.url.includes("{% get_static_prefix %}")) {
    event.respondWith(fetch(request).catch(() => kept(request).then((file) => file || Response.error())));
  }
});

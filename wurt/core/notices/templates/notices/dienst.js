// Shows a notice when it comes, and opens its page. Sees no request and keeps nothing.
"use strict";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("push", (event) => {
  let told = {};
  try { told = event.data.json(); } catch { /* a push without text */ }
  const title = String(told.title || self.location.host);
  event.waitUntil(self.registration.showNotification(title, {
    tag: told.tag, lang: told.lang, data: { url: String(told.url || "/") },
  }));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const url = new URL(event.notification.data.url, self.location.origin);
  if (url.origin === self.location.origin) event.waitUntil(self.clients.openWindow(url.href));
});

// Shows what web push brings while no page is open, and opens the page that it is about.
// What it reads is written by libs/adapters/channels/web-push-channel.ts.

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', event => event.waitUntil(self.clients.claim()));

self.addEventListener('push', event => {
  const message = event.data?.json();
  if (message) event.waitUntil(show(message));
});

self.addEventListener('notificationclick', event => {
  event.notification.close();
  event.waitUntil(open(event.notification.data.url));
});

/** A push service may change where it is reached: the new place is told with the keys of the old one. */
self.addEventListener('pushsubscriptionchange', event => {
  const options = event.oldSubscription?.options;
  if (options) event.waitUntil(subscribeAgain(options));
});

async function show({ title, body, url, lang, tag, isLoud, staysUntilSeen, at, shownUrl }) {
  await self.registration.showNotification(title, {
    body,
    lang,
    tag,
    icon: '/favicon.svg',
    renotify: isLoud,
    requireInteraction: staysUntilSeen,
    timestamp: at,
    data: { url },
  });
  // So that the gateway knows that this way works. What is shown does not depend on it.
  await fetch(shownUrl, { method: 'POST' }).catch(() => {});
}

async function open(url) {
  // Only the gateway's own pages, whatever a message says.
  const { pathname } = new URL(url, self.location.origin);
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const page = pages.find(each => new URL(each.url).pathname === pathname) ?? pages[0];
  // It may have been closed in this moment.
  const shown = await page?.focus().catch(() => null);
  if (!shown) return self.clients.openWindow(pathname);
  if (new URL(shown.url).pathname !== pathname) await shown.navigate(pathname).catch(() => {});
}

async function subscribeAgain(options) {
  const subscription = await self.registration.pushManager.subscribe(options);
  const { endpoint, keys } = subscription.toJSON();
  await fetch('/api/v1/endpoints', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ channel: 'web-push', url: endpoint, ...keys }),
  });
}

// This browser's subscription to web push, and the endpoint that the gateway has of it.
import { call } from './call.js';

const script = '/service-worker.js';

/** The URL of the push service for this browser; null: it is not subscribed. */
export async function subscribedUrl(): Promise<string | null> {
  if (!('serviceWorker' in navigator) || !('PushManager' in window)) return null;
  const registration = await navigator.serviceWorker.getRegistration();
  return (await registration?.pushManager?.getSubscription())?.endpoint ?? null;
}

/**
 * Asks the person, subscribes, and tells the gateway.
 * @param publicKey the gateway's, as base64url
 * @throws what the browser throws when the person refuses or the push service is not there.
 */
export async function subscribe(publicKey: string, name: string): Promise<void> {
  await navigator.serviceWorker.register(script);
  const registration = await navigator.serviceWorker.ready;
  const old = await registration.pushManager.getSubscription();
  // One that was made with another key cannot be changed, only ended.
  await old?.unsubscribe();
  const subscription = await registration.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: publicKey,
  });
  const { endpoint = '', keys = {} } = subscription.toJSON();
  const { p256dh = '', auth = '' } = keys;
  await call('addEndpoint', { body: { channel: 'web-push', url: endpoint, p256dh, auth, name } });
}

/** Ends it in this browser; the gateway's endpoint is removed by itself. */
export async function unsubscribe(): Promise<void> {
  const registration = await navigator.serviceWorker.getRegistration();
  await (await registration?.pushManager?.getSubscription())?.unsubscribe();
}

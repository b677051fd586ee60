// The signature of a webhook's body: proof of the sender, and of when it was sent.
import { createHmac } from 'node:crypto';

/** `t=<unix seconds>,v1=<hex HMAC-SHA-256 of "t.body">`; the key is the webhook's secret as it was shown. */
export function signature(secret: string, body: string, atMs: number): string {
  const t = Math.floor(atMs / 1000);
  return `t=${t},v1=${createHmac('sha256', secret).update(`${t}.${body}`).digest('hex')}`;
}

// What is done at a device, as it bears on its binding.
import type { Product } from '#codecs/api';
import type { DeviceEvent } from '#codecs/wire';
import { hashToken } from '#domain/accounts';
import { type BindingEvent, possessionMs, windowEnd } from '#domain/binding';

/**
 * Null for what shows nothing: another event, one that is no proof of this product's, or one that the device kept until
 * it was too old. A reset counts however late it comes.
 */
export function bindingEventOf(
  { event, nonce, at: saidAt }: DeviceEvent,
  { bindingPolicy }: Pick<Product, 'bindingPolicy'>,
  at: number,
): BindingEvent | null {
  if (event === 'reset') return { kind: 'reset', at };
  if (event !== bindingPolicy) return null;
  if (event === 'button') return windowOf(windowEnd(possessionMs.button, saidAt, at), null, at);
  if (event !== 'provisioned' || nonce === undefined) return null;
  return windowOf(windowEnd(possessionMs.provisioned, saidAt, at), hashToken(nonce), at);
}

function windowOf(until: number | null, nonceHash: string | null, at: number): BindingEvent | null {
  return until === null ? null : { kind: 'window', at, until, nonceHash };
}

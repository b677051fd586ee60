// The order in which a person's channels are tried, as rows that can be moved and left out.
import { type ChannelKind, channelKindSchema } from '#codecs/api';

/** What rings in a pocket first, as the gateway does when nobody has chosen. */
export const usualOrder: readonly ChannelKind[] = ['web-push', 'ntfy', 'webhook', 'wecom', 'mail'];

export interface ChannelRow {
  readonly channel: ChannelKind;
  readonly isUsed: boolean;
}

/** Those that are used in their order, then the others. */
export function rowsOf(order: readonly ChannelKind[]): ChannelRow[] {
  const unused = channelKindSchema.options.filter(channel => !order.includes(channel));
  return [
    ...order.map(channel => ({ channel, isUsed: true })),
    ...unused.map(channel => ({ channel, isUsed: false })),
  ];
}

/** One place further to the front; the first, and one that is not used, stay where they are. */
export function movedEarlier(order: readonly ChannelKind[], channel: ChannelKind): ChannelKind[] {
  const place = order.indexOf(channel);
  if (place <= 0) return [...order];
  const others = order.filter(each => each !== channel);
  return [...others.slice(0, place - 1), channel, ...others.slice(place - 1)];
}

/** Left out, or used again and then tried last. */
export function toggled(order: readonly ChannelKind[], channel: ChannelKind): ChannelKind[] {
  return order.includes(channel) ? order.filter(each => each !== channel) : [...order, channel];
}

// Channels that answer as a spec says: at once, when it is told to, or never.
import { Channels } from './channel.js';
import type { ChannelKind, LeasedDelivery, Receipt } from './delivery.js';

export const accepted: Receipt = { outcome: 'accepted', detail: '200' };

export class PlayedChannels extends Channels {
  readonly attempts: LeasedDelivery[] = [];
  /** What an attempt comes to; one that is never resolved hangs. */
  answer: (delivery: LeasedDelivery) => Promise<Receipt> | Receipt = () => accepted;

  async deliver(delivery: LeasedDelivery): Promise<Receipt> {
    this.attempts.push(delivery);
    return this.answer(delivery);
  }

  kinds(): readonly ChannelKind[] {
    return ['webhook'];
  }

  /** The steps that an endpoint was told, in order. */
  toldTo(endpointId: string): string[] {
    return this.attempts
      .filter(delivery => delivery.endpointId === endpointId)
      .map(({ notice }) => `${notice.step} ${notice.number}`);
  }
}

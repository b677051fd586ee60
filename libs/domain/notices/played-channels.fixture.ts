// Channels that answer as a spec says: at once, when it is told to, or never.
import { type ChannelView, channelKindSchema } from '#codecs/api';
import { Channels } from './channel.js';
import type { Receipt } from './delivery.js';
import type { Sending } from './message.js';

export const accepted: Receipt = { outcome: 'accepted', detail: '200' };

export class PlayedChannels extends Channels {
  readonly attempts: Sending[] = [];
  /** What an attempt comes to; one that is never resolved hangs. */
  answer: (sending: Sending) => Promise<Receipt> | Receipt = () => accepted;
  /** What the operator has not set, by channel. */
  missing: Partial<Record<string, string[]>> = {};

  async deliver(sending: Sending): Promise<Receipt> {
    this.attempts.push(sending);
    return this.answer(sending);
  }

  offers(): readonly ChannelView[] {
    return channelKindSchema.options.map(channel => {
      const missing = this.missing[channel] ?? [];
      return { channel, isReady: missing.length === 0, missing };
    });
  }

  /** The steps that an endpoint was told, in order. */
  toldTo(endpointId: string): string[] {
    return this.attempts
      .filter(({ endpoint }) => endpoint.id === endpointId)
      .map(({ notice }) => `${notice.step} ${notice.number}`);
  }
}

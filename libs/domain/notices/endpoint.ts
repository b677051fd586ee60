// An endpoint: where a channel reaches a person, who has an account or is a contact of a home.
import type { AlarmClass, ChannelKind, EndpointState, Locale } from '#codecs/api';

export interface Endpoint {
  readonly id: string;
  /** Whose it is: exactly one of the two. */
  readonly accountId: string | null;
  readonly contactId: string | null;
  readonly channel: ChannelKind;
  /** What its person calls it; may be empty. */
  readonly name: string;
  /** Where it is; each kind says what stands here and in `secret` (endpoint-kinds.ts). */
  readonly address: string;
  readonly secret: string;
  /** Signs the links in messages that go there, so that they end with it. */
  readonly linkKey: string;
  /** Of what is said there. */
  readonly locale: Locale;
  readonly createdAt: number;
  /** Null: nothing goes there yet but the question whether it may. */
  readonly confirmedAt: number | null;
  /** When a message was last seen to have arrived. */
  readonly provenAt: number | null;
  /** Since when only class L goes there, by its person's wish; null: everything does. */
  readonly lifeSafetyOnlySince: number | null;
}

const provenForMs = 30 * 24 * 60 * 60_000;

export function endpointState({ confirmedAt, provenAt }: Endpoint, now: number): EndpointState {
  if (confirmedAt === null) return 'unconfirmed';
  return provenAt !== null && now - provenAt < provenForMs ? 'proven' : 'unproven';
}

/** Whether a message of this class goes there at all. */
export function takes(endpoint: Endpoint, alarmClass: AlarmClass): boolean {
  return endpoint.confirmedAt !== null && (alarmClass === 'L' || endpoint.lifeSafetyOnlySince === null);
}

/** Whom a channel asks to reach it: the origin of a URL, and else the channel's one provider, such as the mail server. */
export function providerOf({ channel, address }: Pick<Endpoint, 'channel' | 'address'>): string {
  return /^https?:/.test(address) && URL.canParse(address) ? new URL(address).origin : channel;
}

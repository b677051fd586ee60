// Who acts, and from where: what every use case asks for that leaves a line in the ledger.
import type { Via } from '#codecs/api';
import type { Account } from './account.js';

/** Where an act came from. */
export interface Origin {
  readonly via: Via;
  /** As the gateway trusts it; null where there is none, or where it is not kept. */
  readonly address: string | null;
}

/** A person in the act. */
export interface Actor extends Account {
  readonly from: Origin;
}

/** What an act needs to know of who does it, who may be leaving and have no name any more. */
export type Doer = Pick<Actor, 'id' | 'from'>;

export const atDevice: Origin = { via: 'device', address: null };
/** Time came, and nobody did anything. */
export const byGateway: Origin = { via: 'gateway', address: null };

/** The part of an act that the ledger keeps. */
export function deedOf({ id, from }: Doer): { accountId: string; from: Origin } {
  return { accountId: id, from };
}

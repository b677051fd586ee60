// What the accounts room needs from a store about operators: each act is written together with what it did.
import type { OperatorWhat } from '#codecs/api';
import type { Origin } from './actor.js';
import type { OneTimeLink } from './session.js';

/** One line of who came to look after the gateway, and who went. */
export interface OperatorAct extends Origin {
  readonly at: number;
  readonly what: OperatorWhat;
  /** Who did it; null: whoever has the token in the data folder. */
  readonly accountId: string | null;
  /** Who was taken down; null: nobody but who did it. */
  readonly concernsId: string | null;
}

/** `last`: nobody would be left; `none`: that account is no operator's. */
export type Dismissal = 'dismissed' | 'last' | 'none';

export abstract class OperatorStore {
  /** In the place of every earlier link: of several callers at the same time the link of one is left. */
  abstract offer(link: OneTimeLink, act: OperatorAct): Promise<void>;
  /** The link that can be used at `now`. */
  abstract offered(now: number): Promise<OneTimeLink | null>;
  /** False when there was none. */
  abstract withdraw(act: OperatorAct): Promise<boolean>;
  /**
   * Takes the link that can be used at the act's time, and makes who acts an operator. The link that makes the first
   * operator goes too: it has no use any more. False, and nothing has changed, when there is no such link, or no account
   * that could sign in.
   */
  abstract appoint(tokenHash: string, accountId: string, act: OperatorAct): Promise<boolean>;
  /**
   * The account becomes a resident's. By what an operator could come back it does not: links that make an operator go,
   * and links that sign in to an operator's account. What was on its way to them of devices that nobody owns is
   * cancelled.
   */
  abstract dismiss(accountId: string, act: OperatorAct): Promise<Dismissal>;
  /** Newest first. */
  abstract acts(atMost: number): Promise<OperatorAct[]>;
}

// What can happen to a binding: at the device, by its owner, by somebody who holds it, and by the operator.
import type { Proof } from '#codecs/api';
import type { Origin } from '#domain/accounts';

interface Moment {
  readonly at: number;
}

interface Deed extends Moment {
  readonly accountId: string;
  readonly from: Origin;
}

/** `pin` was compared before; `button` and `provisioned` are held against the window. */
interface WithProof extends Deed {
  readonly proof: Proof['by'];
  /** Hash of the nonce that the person handed the device (`provisioned`). */
  readonly shownHash: string | null;
}

/** The owner's choice about what the device recorded in their time. */
interface Parting extends Deed {
  readonly erases: boolean;
}

interface Taking extends Deed {
  /** The new owner's home, and name for the device. */
  readonly homeId: string;
  readonly name: string | null;
}

interface WithReason extends Deed {
  readonly reason: string;
}

export type BindingEvent =
  /** An action at the device: possession counts until `until`; with a nonce for those alone who know it. */
  | ({ readonly kind: 'window'; readonly until: number; readonly nonceHash: string | null } & Moment)
  /** Held long at the device: gives it up, whoever owns it. */
  | ({ readonly kind: 'reset' } & Moment)
  | ({ readonly kind: 'claim'; readonly nonceHash: string; readonly expiresAt: number } & WithProof)
  | ({ readonly kind: 'confirm'; readonly nonceHash: string } & Taking)
  | ({ readonly kind: 'release' } & Parting)
  | ({ readonly kind: 'rename'; readonly name: string } & Deed)
  /** Into another home of the owner's, or another room; null: in none. */
  | ({ readonly kind: 'move'; readonly homeId: string; readonly roomId: string | null } & Deed)
  | ({ readonly kind: 'offer'; readonly tokenHash: string; readonly expiresAt: number } & Parting)
  | ({ readonly kind: 'withdraw' } & Deed)
  | ({ readonly kind: 'accept'; readonly tokenHash: string } & Taking)
  /** Reported stolen: nobody can bind it, reset it or give it away. */
  | ({ readonly kind: 'lock' } & Deed)
  | ({ readonly kind: 'unlock' } & Deed)
  /** A stranger tells the owner that the device is with him. */
  | ({ readonly kind: 'found'; readonly message: string } & Deed)
  | ({ readonly kind: 'ask-recovery'; readonly dueAt: number } & WithProof)
  | ({ readonly kind: 'veto' } & Deed)
  | ({ readonly kind: 'recover' } & WithProof & Taking)
  | ({ readonly kind: 'force-release' } & WithReason)
  | ({ readonly kind: 'retire' } & WithReason);

export type BindingEventKind = BindingEvent['kind'];
export type EventOf<K extends BindingEventKind> = Extract<BindingEvent, { kind: K }>;

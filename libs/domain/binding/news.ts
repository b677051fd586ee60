// News: what somebody has to hear of a change of a binding that another person, or the device, has made.
import { createHash } from 'node:crypto';
import type { Matter } from '#codecs/api';
import type { Binding } from './binding.js';
import type { BindingEvent, BindingEventKind } from './binding-event.js';

export interface News {
  readonly matter: Matter;
  /** Stable: told once, however often it is asked for. */
  readonly id: string;
  /** Whom. */
  readonly accountId: string;
  /** As it was for them: their name for the device is in it. */
  readonly before: Binding;
  /** What somebody said to it. */
  readonly said: string | null;
}

interface Concern {
  readonly matter: Matter;
  readonly whom: (before: Binding) => string | null;
}

const owner = ({ ownerId }: Binding) => ownerId;

const concerns: Partial<Readonly<Record<BindingEventKind, Concern>>> = {
  reset: { matter: 'reset-at-device', whom: owner },
  accept: { matter: 'transferred', whom: owner },
  recover: { matter: 'recovered', whom: owner },
  'force-release': { matter: 'force-released', whom: owner },
  found: { matter: 'found', whom: owner },
  'ask-recovery': { matter: 'recovery-asked', whom: owner },
  veto: { matter: 'recovery-vetoed', whom: ({ recovery }) => recovery?.accountId ?? null },
};

/** @param before the binding that the event was decided on */
export function newsOf(before: Binding, event: BindingEvent): News[] {
  const concern = concerns[event.kind];
  const accountId = concern?.whom(before) ?? null;
  if (concern === undefined || accountId === null) return [];
  const { matter } = concern;
  const id =
    event.kind === 'ask-recovery'
      ? recoveryNewsId(before, event.dueAt, 0)
      : newsId(before.deviceId, matter, before.version);
  return [{ matter, id, accountId, before, said: saidOf(event) }];
}

/** The owner is told on every day of a recovery, and once a day. */
export function recoveryNewsId({ deviceId }: Binding, dueAt: number, day: number): string {
  return newsId(deviceId, 'recovery-asked', dueAt, day);
}

function newsId(...subject: readonly (string | number)[]): string {
  return createHash('sha256').update(subject.join(' ')).digest('hex').slice(0, 20);
}

function saidOf(event: BindingEvent): string | null {
  if (event.kind === 'found') return event.message;
  return event.kind === 'force-release' ? event.reason : null;
}

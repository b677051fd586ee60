// What happens to a binding, at the device or by a person: the change, what ends with a former owner, and who hears of it.
import { type Binding, type BindingChange, type BindingEvent, decide, newsOf } from '#domain/binding';
import { DomainError } from '#domain/errors';
import { type Recipient, usualPreferences } from '#domain/notices';
import { type Effects, type MatterChange, nothing } from './effects.js';
import type { Surroundings } from './input.js';
import type { DeviceFile } from './intake.store.js';
import { moveInto, placements } from './moving.js';
import { handOver } from './ownership.js';

const nobodyElse: Surroundings = { outsider: null, destination: null };

/** @throws DomainError with the machine's refusal */
export function changeBinding(file: DeviceFile, event: BindingEvent, around: Surroundings): Effects {
  const decision = decide(file.binding, event);
  if (!decision.ok) throw new DomainError(decision.code);
  return { ...followed(file, event, decision.change, around), ...placedBy(file, event) };
}

/** What is done at the device itself. Null: it means nothing, as the reset of a locked one. */
export function changeAtDevice(file: DeviceFile, event: BindingEvent): Effects | null {
  const decision = decide(file.binding, event);
  return decision.ok && decision.change !== null ? followed(file, event, decision.change, nobodyElse) : null;
}

/** @param change null: it was done before */
function followed(
  file: DeviceFile,
  event: BindingEvent,
  change: BindingChange | null,
  around: Surroundings,
): Effects {
  if (change === null) return { ...nothing, files: [file] };
  return {
    ...withBinding(file, event, change.next, around),
    bindings: [change],
    matters: mattersOf(file, event, around.outsider),
  };
}

function withBinding(
  file: DeviceFile,
  event: BindingEvent,
  next: Binding,
  { outsider, destination }: Surroundings,
): Effects {
  if (next.epoch !== file.binding.epoch) return handOver(file, next, outsider, event.at);
  if (event.kind !== 'move') return { ...nothing, files: [{ ...file, binding: next }] };
  if (destination === null) throw new DomainError('not-found');
  return moveInto(file, next, destination, event);
}

/** A room is no matter of the binding: it may be another one though the home stays. */
function placedBy(file: DeviceFile, event: BindingEvent): Pick<Effects, 'placed'> {
  return event.kind === 'move' ? { placed: placements(file, event) } : {};
}

/** For those whose it was, by the ways on which they were told until now. */
function mattersOf(file: DeviceFile, event: BindingEvent, outsider: Recipient | null): MatterChange[] {
  const known = outsider === null ? file.recipients : [...file.recipients, outsider];
  return newsOf(file.binding, event).map(({ accountId, ...news }) => ({
    matter: { ...news, deviceId: file.device.id, epoch: file.binding.epoch },
    file,
    recipients: [known.find(each => each.accountId === accountId) ?? unreached(accountId)],
    receivedAt: event.at,
  }));
}

/** They came in between, and read it in the app. */
function unreached(accountId: string): Recipient {
  return { accountId, endpoints: [], preferences: usualPreferences };
}

// What happens to a binding, at the device or by a person: the change, what ends with a former owner, and who hears of it.
import { type BindingChange, type BindingEvent, decide, newsOf } from '#domain/binding';
import { DomainError } from '#domain/errors';
import { type Recipient, usualPreferences } from '#domain/notices';
import { type Effects, type MatterChange, nothing } from './effects.js';
import type { DeviceFile } from './intake.store.js';
import { handOver } from './ownership.js';

/**
 * @param outsider whom it concerns though the file does not know them
 * @throws DomainError with the machine's refusal
 */
export function changeBinding(file: DeviceFile, event: BindingEvent, outsider: Recipient | null): Effects {
  const decision = decide(file.binding, event);
  if (!decision.ok) throw new DomainError(decision.code);
  if (decision.change === null) return { ...nothing, files: [file] };
  return followBinding(file, event, decision.change, outsider);
}

/** What is done at the device itself. Null: it means nothing, as the reset of a locked one. */
export function changeAtDevice(file: DeviceFile, event: BindingEvent): Effects | null {
  const decision = decide(file.binding, event);
  return decision.ok && decision.change !== null ? followBinding(file, event, decision.change, null) : null;
}

function followBinding(
  file: DeviceFile,
  event: BindingEvent,
  change: BindingChange,
  outsider: Recipient | null,
): Effects {
  const { next } = change;
  const followed =
    next.epoch === file.binding.epoch
      ? { ...nothing, files: [{ ...file, binding: next }] }
      : handOver(file, next, outsider, event.at);
  return { ...followed, bindings: [change], matters: mattersOf(file, event, outsider) };
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

// A change of owner, as it bears on what was open until then: alarms end, both sides are told, and the rules begin anew.
import { type AlarmChange, end } from '#domain/alarms';
import type { Binding } from '#domain/binding';
import { blankState, type DeviceState, remainsOf } from '#domain/devices';
import type { Recipient } from '#domain/notices';
import type { Effects, ToldChange } from './effects.js';
import { memoryOf } from './inquiry.js';
import type { DeviceFile, LostRight } from './intake.store.js';

/**
 * @param binding of the next owner, or of nobody
 * @param owner the next one, whom the file does not know yet
 */
export function handOver(file: DeviceFile, binding: Binding, owner: Recipient | null, at: number): Effects {
  const next = inherited(file, binding, owner, at);
  const told = file.openAlarms.flatMap(alarm =>
    bothSides(end(alarm, 'ownership-changed', at, null), file, next, at),
  );
  return {
    files: [next],
    inputs: [],
    told,
    lost: lostBy(file, binding, at),
    broker: [{ kind: 'forget', ...remainsOf(file.device) }],
  };
}

/** Whom the former owner let in. What is on its way to that owner tells of their own time, and goes on. */
function lostBy({ device, members }: DeviceFile, { ownerId }: Binding, at: number): LostRight[] {
  const lost = new Set(members.map(({ accountId }) => accountId).filter(id => id !== ownerId));
  return [...lost].map(accountId => ({ accountId, contactId: null, deviceId: device.id, at }));
}

/** Each side reads its own name for the device, and never the other's. */
function bothSides(
  change: AlarmChange,
  before: DeviceFile,
  after: DeviceFile,
  receivedAt: number,
): ToldChange[] {
  const wasTold = new Set(before.recipients.map(({ accountId }) => accountId));
  const others = after.recipients.filter(({ accountId }) => !wasTold.has(accountId));
  return [
    { change, file: before, recipients: before.recipients, receivedAt },
    { change, file: after, recipients: others, receivedAt },
  ];
}

/**
 * What the device is goes on; nothing of whom it belonged to does. Home and people of the next owner are read anew before
 * anything else is decided of it, and its rules are due at once: one that falls silent now is missed after a restart too.
 */
function inherited(file: DeviceFile, binding: Binding, owner: Recipient | null, at: number): DeviceFile {
  const bare: DeviceFile = {
    ...file,
    binding,
    home: null,
    modes: [],
    recipients: owner === null ? [] : [owner],
    members: [],
    roomId: null,
    contacts: [],
    state: inheritedState(file.state, binding),
    rules: [],
    openAlarms: [],
  };
  const rules = file.product.rules.map(rule => ({ ...memoryOf(bare, rule), dueAt: at }));
  return { ...bare, rules };
}

/** What the device is and that it lives belongs to the device; what it measured belongs to the old owner. */
function inheritedState({ deviceId, info, lastHeardAt }: DeviceState, { epoch }: Binding): DeviceState {
  return { ...blankState(deviceId, epoch), info, lastHeardAt };
}

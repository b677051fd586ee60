// What any input comes to: one pure function from the files it concerns to its effects.
import {
  type Alarm,
  type AlarmChange,
  acknowledge,
  comment,
  end,
  hasRoomForMore,
  mostShelfMs,
  shelve,
} from '#domain/alarms';
import { DomainError } from '#domain/errors';
import { changeBinding } from './decide-binding.js';
import { type Circumstances, decideMessage } from './decide-message.js';
import { changesByParent, dueOf, explained } from './decide-parent.js';
import { type Effects, nothing, type ToldChange } from './effects.js';
import { evaluate } from './evaluate.js';
import type { Input, PersonsInput } from './input.js';
import { withAlarm } from './inquiry.js';
import type { DeviceFile, InputRow } from './intake.store.js';
import { withMode } from './scene.js';

const aMinuteMs = 60_000;

/**
 * @param fileOf gives the file of a device as it is after the inputs before this one
 * @throws DomainError when the input is refused; then it has no effect
 */
export function decideInput(
  input: Input,
  fileOf: (deviceId: string) => DeviceFile,
  around: Circumstances,
): Effects {
  switch (input.kind) {
    case 'message':
      return decideMessage(fileOf(input.said.deviceId), input.said, around);
    case 'malformed':
      return { ...nothing, deadLetters: [input.letter] };
    case 'broker':
      return { ...nothing, broker: input.changes };
    case 'tick':
      return tick(fileOf(input.deviceId), input.at, around);
    case 'parent':
      return hearOfParent(fileOf(input.deviceId), input, around);
    case 'rules':
      return changeRules(fileOf(input.deviceId), input, around);
    case 'mode':
      return changeMode(input, input.deviceIds.map(fileOf), around);
    case 'acknowledge':
    case 'reset':
    case 'shelve':
    case 'comment':
      return handle(fileOf(input.deviceId), input);
    case 'matter':
      return tellMatter(fileOf(input.deviceId), input);
    case 'binding':
      return changeBinding(fileOf(input.deviceId), input.event, input);
    default:
      return input satisfies never;
  }
}

/** Asks the rules that are due, and tells again what nobody has acknowledged. Without effect it leaves no row. */
function tick(stored: DeviceFile, at: number, { listeningSince, silenceOf }: Circumstances): Effects {
  const file = inTime(stored, at, listeningSince);
  const asked = evaluate(file, { kind: 'tick', at }, at, listeningSince);
  const hubSilence = file.device.parentId === null ? null : silenceOf(file.device.parentId);
  const evaluated = explained(asked.file, asked.changes, hubSilence, at);
  const later = evaluated.file.openAlarms.flatMap(alarm => dueOf(file, alarm, at));
  const next = later.reduce((before, { alarm }) => withAlarm(before, alarm), evaluated.file);
  const told = [...evaluated.changes, ...later].map(toldIn(next, at));
  const inputs = told.length === 0 ? [] : [gatewayRow(file, 'tick', at, { hubSilence })];
  return { files: [next], inputs, told };
}

/** What was heard in the future, since the clock was set back, was heard before the gateway began to listen anew. */
function inTime(file: DeviceFile, at: number, listeningSince: number): DeviceFile {
  const { lastHeardAt } = file.state;
  // A message and a tick of one batch may differ by moments.
  if (lastHeardAt === null || lastHeardAt - at < aMinuteMs) return file;
  return { ...file, state: { ...file.state, lastHeardAt: listeningSince } };
}

/** The device's hub is silent, or back. */
function hearOfParent(
  file: DeviceFile,
  { by, at }: Extract<Input, { kind: 'parent' }>,
  { listeningSince }: Circumstances,
): Effects {
  const changes = changesByParent(file, by, at, listeningSince);
  if (changes.length === 0) return nothing;
  const next = changes.reduce((so, { alarm }) => withAlarm(so, alarm), file);
  const inputs = [gatewayRow(file, 'parent', at, { by })];
  return { files: [next], inputs, told: changes.map(toldIn(next, at)) };
}

/** They are asked at once: what is over a figure of today need not wait for the next word of the device. */
function changeRules(
  file: DeviceFile,
  { figures, rules, at }: Extract<Input, { kind: 'rules' }>,
  { listeningSince }: Circumstances,
): Effects {
  const changed = { ...file, product: { ...file.product, rules: [...rules] } };
  const { file: next, changes } = evaluate(changed, { kind: 'tick', at }, at, listeningSince);
  const inputs = [gatewayRow(file, 'rules', at, { figures, rules })];
  return { files: [next], inputs, told: changes.map(toldIn(next, at)), figures: [figures] };
}

function tellMatter(stored: DeviceFile, input: Extract<Input, { kind: 'matter' }>): Effects {
  const { matter, id, to, at, before, said } = input;
  const file = before === undefined ? stored : { ...stored, binding: before };
  const what = { matter, id, deviceId: file.device.id, epoch: file.binding.epoch, said };
  return {
    ...nothing,
    matters: [{ matter: what, file, recipients: to ?? stored.recipients, receivedAt: at }],
  };
}

function changeMode(
  { homeId, mode, former, since, by, at }: Extract<Input, { kind: 'mode' }>,
  files: readonly DeviceFile[],
  { listeningSince }: Circumstances,
): Effects {
  // A person was faster than the plan, whose time had come before: that holds until the next one.
  if (by === null && files.some(({ home }) => home !== null && home.modeSince > since)) return nothing;
  const results = files.map(file => {
    return evaluate(withMode(file, mode, since), { kind: 'mode', at }, at, listeningSince);
  });
  return {
    files: results.map(({ file }) => file),
    inputs: files.map(file => gatewayRow(file, 'mode', at, { mode, since, by })),
    told: results.flatMap(({ file, changes }) => changes.map(toldIn(file, at))),
    modes: [{ homeId, mode, former, since, by }],
  };
}

function handle(file: DeviceFile, input: PersonsInput): Effects {
  const change = handled(openAlarm(file, input.alarmId), input);
  if (change === null) return nothing;
  const { kind, at, deviceId: _, name: byName, ...said } = input;
  const next = withAlarm(file, change.alarm);
  return {
    files: [next],
    inputs: [gatewayRow(file, kind, at, said)],
    told: [{ ...toldIn(next, at)(change), byName }],
  };
}

/** @returns null when there is nothing left to do */
function handled(alarm: Alarm, input: PersonsInput): AlarmChange | null {
  const { at, accountId: by } = input;
  switch (input.kind) {
    case 'acknowledge':
      return acknowledge(alarm, by, at);
    case 'reset':
      if (alarm.calmAt === null) throw new DomainError('alarm-not-calm');
      return end(alarm, 'reset', at, by);
    case 'shelve':
      requireRoom(alarm);
      return shelve(alarm, input.until, { by, at, text: input.text }) ?? refuseShelf(alarm);
    case 'comment':
      requireRoom(alarm);
      return comment(alarm, { by, at, text: input.text });
    default:
      return input satisfies never;
  }
}

function requireRoom(alarm: Alarm): void {
  if (!hasRoomForMore(alarm)) throw new DomainError('remarks-full');
}

function refuseShelf(alarm: Alarm): never {
  const message = `takes 1 to ${mostShelfMs(alarm) / 60_000} for an alarm of class ${alarm.class}`;
  throw new DomainError('invalid-request', { faults: [{ field: 'minutes', message }] });
}

function openAlarm({ openAlarms }: DeviceFile, alarmId: string): Alarm {
  const alarm = openAlarms.find(({ id }) => id === alarmId);
  if (alarm === undefined) throw new DomainError('alarm-over');
  return alarm;
}

function toldIn(file: DeviceFile, receivedAt: number): (change: AlarmChange) => ToldChange {
  return change => ({ change, file, recipients: file.recipients, receivedAt });
}

/** A row of what the device did not say itself. */
function gatewayRow(
  { device, binding }: DeviceFile,
  kind: InputRow['kind'],
  at: number,
  body: unknown,
): InputRow {
  const unstamped = { boot: null, seq: null, clock: 'gateway', receivedAt: at } as const;
  return { deviceId: device.id, epoch: binding.epoch, kind, at, body, ...unstamped };
}

// What a message of a device comes to: its state, its rules, and for some events its binding.
import type { DeviceEvent, Stamp, UpwardMessage } from '#codecs/wire';
import type { Observation } from '#domain/alarms';
import { type BindingChange, type BindingEvent, decide, newsOf } from '#domain/binding';
import { type DeviceState, remainsOf } from '#domain/devices';
import { withDrill } from './decide-drill.js';
import { bindingEventOf } from './device-deed.js';
import { claimedBy, deviceTime } from './device-time.js';
import type { Effects, MatterChange } from './effects.js';
import { evaluate } from './evaluate.js';
import { evaluateLate } from './evaluate-late.js';
import type { DeviceMessage } from './input.js';
import type { Evaluation } from './inquiry.js';
import type { DeviceFile, InputRow } from './intake.store.js';
import { handOver } from './ownership.js';
import { isAmong, type Past } from './past.js';
import { declaredOf, recorded } from './recorded.js';

/** What deciding knows beside the device's file. */
export interface Circumstances {
  readonly listeningSince: number;
  /** Of the device, when a later message of the same run of the firmware came before this one; null: it is in time. */
  readonly past: (() => Past) | null;
  /** Id of the alarm of another device's silence; null: it is heard. */
  readonly silenceOf: (deviceId: string) => string | null;
}

/** A message with what it was said to: its device's file, and its row in the log. */
interface Heard {
  readonly file: DeviceFile;
  readonly said: DeviceMessage;
  readonly row: InputRow;
}

export function decideMessage(file: DeviceFile, said: DeviceMessage, around: Circumstances): Effects {
  const { message, receivedAt } = said;
  const heard = { file, said, row: inputRow(file, message, receivedAt, around.past !== null) };
  switch (message.kind) {
    case 'telemetry':
      return measured(heard, message.body, around);
    case 'event':
      return withEvent(
        hasReadings(message.body) ? measured(heard, message.body, around) : alive(heard, {}, around),
        message.body,
        receivedAt,
      );
    case 'info':
      return alive(heard, { info: message.body }, around);
    case 'snapshot':
      return alive(heard, { snapshotAt: receivedAt }, around);
    case 'status':
      // A last will is the broker's word, not the device's: it is logged, and proves no life.
      return message.body.online ? alive(heard, {}, around) : effectsOf(heard, { file, changes: [] });
    case 'reply':
      return alive(heard, {}, around);
    default:
      return message satisfies never;
  }
}

type Readings = Pick<DeviceEvent, 'values' | 'bits' | 'at'>;

const nothingRead: Record<string, never> = {};

function hasReadings({ values = {}, bits = {} }: Readings): boolean {
  return Object.keys(values).length + Object.keys(bits).length > 0;
}

/** A message without readings shows the rules that the device lives, and what time it is. */
function alive(heard: Heard, news: Partial<DeviceState>, { listeningSince }: Circumstances): Effects {
  const { file, said } = heard;
  const { receivedAt } = said;
  const state = { ...file.state, lastHeardAt: receivedAt, ...news };
  const tick = { kind: 'tick', at: receivedAt } as const;
  return effectsOf(heard, evaluate({ ...file, state }, tick, receivedAt, listeningSince));
}

function measured(heard: Heard, readings: Readings, around: Circumstances): Effects {
  const { listeningSince, past } = around;
  if (past !== null) return measuredLate(heard, readings, past, around);
  const { values = nothingRead, bits = nothingRead } = readings;
  const { file, said, row } = heard;
  const { state: before, product } = file;
  const { receivedAt } = said;
  const { at } = row;
  // Only what the product declares: a device that makes names up must not fill the memory.
  const state: DeviceState = {
    ...before,
    lastHeardAt: receivedAt,
    latestAt: at,
    values: merged(before.values, declaredOf(values, product.readings)),
    bits: merged(before.bits, declaredOf(bits, product.bits)),
  };
  const claimed = claimedBy(readings.at, receivedAt);
  const seen: Observation = { kind: 'readings', at, values, bits, claimed };
  return effectsOf(heard, evaluate({ ...file, state }, seen, receivedAt, listeningSince));
}

/** The very object when nothing in it is new. */
function merged<T>(before: Readonly<Record<string, T>>, news: Readonly<Record<string, T>>) {
  for (const name in news) if (news[name] !== before[name]) return { ...before, ...news };
  return before;
}

/** What is late and does not say when it was measured has no place; what is known already has it. */
function measuredLate(heard: Heard, readings: Readings, recall: () => Past, around: Circumstances): Effects {
  const { values = {}, bits = {} } = readings;
  const { at, clock, boot, seq, receivedAt } = heard.row;
  const past = clock === 'device' ? recall() : null;
  if (past === null || isAmong(past, { boot, seq })) return alive(heard, {}, around);
  const file = { ...heard.file, state: { ...heard.file.state, lastHeardAt: receivedAt } };
  const late = { kind: 'readings', at, values, bits } as const;
  return effectsOf(heard, evaluateLate(file, late, past, receivedAt, around.listeningSince));
}

function effectsOf({ said, row }: Heard, { file, changes }: Evaluation): Effects {
  const { receivedAt, changes: broker } = said;
  const told = changes.map(change => ({ change, file, recipients: file.recipients, receivedAt }));
  return { files: [file], inputs: [row], told, broker };
}

function withEvent(logged: Effects, event: DeviceEvent, at: number): Effects {
  const [file] = logged.files;
  if (file === undefined) return logged;
  if (event.event === 'test') return withDrill(logged, file, event, at);
  const bindingEvent = bindingEventOf(event, file.product, at);
  if (bindingEvent === null) return logged;
  const decision = decide(file.binding, bindingEvent);
  // What the binding refuses (a reset of a locked device) is logged and means nothing.
  if (!decision.ok || decision.change === null) return logged;
  const bound = withBinding(logged, file, decision.change, at);
  return { ...bound, matters: mattersOf(file, bindingEvent) };
}

/** For those whose it was, by the ways on which they were told until now. */
function mattersOf(file: DeviceFile, event: BindingEvent): MatterChange[] {
  return newsOf(file.binding, event).map(({ accountId, ...news }) => ({
    matter: { ...news, deviceId: file.device.id, epoch: file.binding.epoch },
    file,
    recipients: [...file.recipients.filter(each => each.accountId === accountId)],
    receivedAt: event.at,
  }));
}

function withBinding(logged: Effects, file: DeviceFile, change: BindingChange, at: number): Effects {
  const bound: Effects = { ...logged, files: [{ ...file, binding: change.next }], bindings: [change] };
  if (change.next.epoch === file.binding.epoch) return bound;
  // Whom the old owner let in goes with them.
  const next = { ...file, binding: change.next, members: [] };
  const former = { binding: file.binding, recipients: file.recipients, state: file.state };
  const ended = handOver(next, former, at);
  return {
    ...bound,
    files: ended.files,
    told: [...logged.told, ...ended.told],
    broker: [...(logged.broker ?? []), { kind: 'forget', ...remainsOf(file.device) }],
  };
}

function inputRow(file: DeviceFile, message: UpwardMessage, receivedAt: number, isLate: boolean): InputRow {
  const { device, binding, state } = file;
  const stamp = stampOf(message);
  // What is late takes its own place in the history.
  const time = deviceTime(stamp?.at, receivedAt, isLate ? null : state.latestAt);
  const isTold = message.kind === 'telemetry' || message.kind === 'event';
  return {
    deviceId: device.id,
    epoch: binding.epoch,
    kind: message.kind,
    boot: stamp?.boot ?? null,
    seq: stamp?.seq ?? null,
    at: time.at,
    clock: time.clock,
    receivedAt,
    body: bodyOf(message),
    recorded: isTold ? recorded(file, message.body, time.at, isLate) : undefined,
  };
}

/** What counts once has a stamp. */
export function stampOf({ kind, body }: UpwardMessage): Stamp | null {
  return kind === 'telemetry' || kind === 'event' || kind === 'snapshot' ? body : null;
}

/** The picture stands in a file, and only its size in the log; a nonce is a secret. */
export function bodyOf(message: UpwardMessage): unknown {
  switch (message.kind) {
    case 'snapshot':
      return { type: message.body.type, bytes: message.body.image.length };
    case 'event': {
      const { nonce: _, ...body } = message.body;
      return body;
    }
    default:
      return message.body;
  }
}

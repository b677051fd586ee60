// What a message of a device comes to: its state, its rules, and for some events its binding.
import type { DeviceEvent, Stamp, UpwardMessage } from '#codecs/wire';
import type { Observation } from '#domain/alarms';
import type { DeviceState } from '#domain/devices';
import { changeAtDevice } from './decide-binding.js';
import { withDrill } from './decide-drill.js';
import { bindingEventOf } from './device-deed.js';
import { claimedBy, deviceTime } from './device-time.js';
import { type Effects, nothing } from './effects.js';
import { evaluate } from './evaluate.js';
import { evaluateLate } from './evaluate-late.js';
import type { DeviceMessage } from './input.js';
import type { Evaluation } from './inquiry.js';
import type { DeviceFile, InputRow } from './intake.store.js';
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

/** A life is not heard more finely than this: what comes again at once, or in a flood, costs nothing. */
const momentMs = 1_000;

/**
 * What comes again decides nothing again, and shows that its device lives: also that of one whose counter has begun anew
 * without a new `boot`. What a hub says again of a child shows that the hub lives, and nothing of the child.
 */
export function hearAgain(
  file: DeviceFile,
  { receivedAt, changes: broker }: DeviceMessage,
  { listeningSince }: Circumstances,
): Effects {
  const { device, binding, state } = file;
  const isNoNews = state.lastHeardAt !== null && receivedAt - state.lastHeardAt < momentMs;
  if (isNoNews || device.parentId !== null) return { ...nothing, broker };
  const heard = { ...state, lastHeardAt: receivedAt };
  const tick = { kind: 'tick', at: receivedAt } as const;
  const { file: next, changes } = evaluate(file, tick, receivedAt, listeningSince, heard);
  const row: InputRow = {
    ...{ deviceId: device.id, epoch: binding.epoch, kind: 'repeat', boot: null, seq: null },
    ...{ at: receivedAt, clock: 'gateway', receivedAt, body: {} },
  };
  const told = changes.map(change => ({ change, file: next, recipients: next.recipients, receivedAt }));
  return { files: [next], inputs: [row], told, broker };
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
  return effectsOf(heard, evaluate(file, tick, receivedAt, listeningSince, state));
}

function measured(heard: Heard, readings: Readings, around: Circumstances): Effects {
  const { listeningSince, past } = around;
  if (past !== null) return measuredLate(heard, readings, past, around);
  const { values = nothingRead, bits = nothingRead } = readings;
  const { file, said, row } = heard;
  const { state: before, product } = file;
  const { receivedAt } = said;
  const { at } = row;
  const { deviceId, epoch, version, info, snapshotAt } = before;
  // Property by property, as in `copies.ts`.
  const state: DeviceState = {
    deviceId,
    epoch,
    version,
    lastHeardAt: receivedAt,
    latestAt: at,
    // Only what the product declares: a device that makes names up must not fill the memory.
    values: merged(before.values, declaredOf(values, product.readings)),
    bits: merged(before.bits, declaredOf(bits, product.bits)),
    info,
    snapshotAt,
  };
  const claimed = claimedBy(readings.at, receivedAt);
  const seen: Observation = { kind: 'readings', at, values, bits, claimed };
  return effectsOf(heard, evaluate(file, seen, receivedAt, listeningSince, state));
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
  const deed = bindingEventOf(event, file.product, at);
  // What the binding refuses is logged and means nothing.
  const followed = deed && changeAtDevice(file, deed);
  if (followed === null) return logged;
  const { told, broker = [] } = logged;
  return {
    ...logged,
    ...followed,
    inputs: logged.inputs,
    told: [...told, ...followed.told],
    broker: [...broker, ...(followed.broker ?? [])],
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
    text: message.kind === 'telemetry' ? message.text : undefined,
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

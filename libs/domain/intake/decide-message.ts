// What a message of a device comes to: its state, its rules, and for some events its binding.
import type { DeviceEvent, Stamp, Telemetry, UpwardMessage } from '#codecs/wire';
import { type BindingChange, type BindingEvent, decide, windowMs } from '#domain/binding';
import type { DeviceState } from '#domain/devices';
import { deviceTime } from './device-time.js';
import { type Effects, nothing } from './effects.js';
import { evaluate } from './evaluate.js';
import type { DeviceMessage } from './input.js';
import type { DeviceFile, InputRow } from './intake.store.js';
import { handOver } from './ownership.js';

/** What deciding knows beside the device's file. */
export interface Circumstances {
  readonly listeningSince: number;
  /** Whether the message was overtaken by a later one of the same run of the firmware. */
  readonly isLate: boolean;
}

export function decideMessage(file: DeviceFile, said: DeviceMessage, around: Circumstances): Effects {
  const { message, receivedAt } = said;
  const retained = said.retained ? [said.retained] : [];
  const row = inputRow(file, message, receivedAt);
  const heard = hear(file, { lastHeardAt: receivedAt });
  const logged: Effects = { files: [heard], inputs: [row], told: [], retained };
  switch (message.kind) {
    case 'telemetry':
      return around.isLate ? logged : withReadings(heard, message.body, row, receivedAt, around, retained);
    case 'event':
      return withEvent(logged, heard, message.body, receivedAt);
    case 'info':
      return { ...logged, files: [hear(heard, { info: message.body })] };
    case 'snapshot':
      return { ...logged, files: [hear(heard, { snapshotAt: receivedAt })] };
    case 'status':
      // A last will is the broker's word, not the device's: it is logged, and proves no life.
      return message.body.online ? logged : { ...logged, files: [file] };
    case 'reply':
      return logged;
    default:
      return message satisfies never;
  }
}

function withReadings(
  file: DeviceFile,
  { values, bits = {} }: Telemetry,
  row: InputRow,
  receivedAt: number,
  { listeningSince }: Circumstances,
  retained: Effects['retained'],
): Effects {
  const { state } = file;
  const latest = hear(file, {
    latestAt: row.at,
    values: { ...state.values, ...values },
    bits: { ...state.bits, ...bits },
  });
  const observation = { kind: 'readings', at: row.at, values, bits } as const;
  const { file: next, changes } = evaluate(latest, observation, receivedAt, listeningSince);
  const told = changes.map(change => ({ change, file: next, recipients: next.recipients, receivedAt }));
  return { files: [next], inputs: [row], told, retained };
}

function withEvent(logged: Effects, file: DeviceFile, { event }: DeviceEvent, at: number): Effects {
  const bindingEvent = bindingEventOf(event, at);
  const decision = bindingEvent === null ? null : decide(file.binding, bindingEvent);
  // What the binding refuses (a button on a bound device) is logged and means nothing.
  if (decision === null || !decision.ok || decision.change === null) return logged;
  return withBinding(logged, file, decision.change, at);
}

function bindingEventOf(event: string, at: number): BindingEvent | null {
  if (event === 'button') return { kind: 'window', at, until: at + windowMs };
  if (event === 'reset') return { kind: 'reset', at };
  return null;
}

function withBinding(logged: Effects, file: DeviceFile, change: BindingChange, at: number): Effects {
  const next = { ...file, binding: change.next };
  const ended =
    next.binding.epoch === file.binding.epoch ? nothing : handOver(next, file.state, file.recipients, at);
  return {
    ...logged,
    files: ended === nothing ? [next] : ended.files,
    told: ended.told,
    bindings: [change],
  };
}

/** The state with something new in it; its version follows once a batch, when it is written. */
function hear(file: DeviceFile, news: Partial<DeviceState>): DeviceFile {
  return { ...file, state: { ...file.state, ...news } };
}

function inputRow(
  { device, binding, state }: DeviceFile,
  message: UpwardMessage,
  receivedAt: number,
): InputRow {
  const stamp = stampOf(message);
  return {
    deviceId: device.id,
    epoch: binding.epoch,
    kind: message.kind,
    boot: stamp?.boot ?? null,
    seq: stamp?.seq ?? null,
    ...deviceTime(stamp?.at, receivedAt, state.latestAt),
    receivedAt,
    body: bodyOf(message),
  };
}

/** What counts once has a stamp. */
export function stampOf({ kind, body }: UpwardMessage): Stamp | null {
  return kind === 'telemetry' || kind === 'event' || kind === 'snapshot' ? body : null;
}

/** The picture stands in a file, and only its size in the log; a nonce is a secret. */
function bodyOf(message: UpwardMessage): unknown {
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

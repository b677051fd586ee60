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
import type { DeviceFile, InputRow } from './intake.store.js';
import { handOver } from './ownership.js';
import { isAmong, type Past } from './past.js';
import { declaredOf, recorded } from './recorded.js';

/** What deciding knows beside the device's file. */
export interface Circumstances {
  readonly listeningSince: number;
  /** Whether the message was overtaken by a later one of the same run of the firmware. */
  readonly isLate: boolean;
  /** Id of the alarm of another device's silence; null: it is heard. */
  readonly silenceOf: (deviceId: string) => string | null;
  /** Of the device, for what is late. */
  readonly past: () => Past;
}

export function decideMessage(file: DeviceFile, said: DeviceMessage, around: Circumstances): Effects {
  const { message, receivedAt } = said;
  const row = inputRow(file, message, receivedAt, around.isLate);
  const heard = withState(file, { ...file.state, lastHeardAt: receivedAt });
  const logged: Effects = { files: [heard], inputs: [row], told: [], broker: said.changes };
  const alive = (news: Partial<DeviceState> = {}): Effects =>
    observe(
      logged,
      withState(heard, { ...heard.state, ...news }),
      { kind: 'tick', at: receivedAt },
      receivedAt,
      around,
    );
  const measured = (readings: Readings): Effects =>
    around.isLate
      ? withLateReadings(logged, heard, readings, row, around)
      : withReadings(logged, heard, readings, row.at, receivedAt, around);
  switch (message.kind) {
    case 'telemetry':
      return measured(message.body);
    case 'event':
      return withEvent(
        hasReadings(message.body) ? measured(message.body) : alive(),
        message.body,
        receivedAt,
      );
    case 'info':
      return alive({ info: message.body });
    case 'snapshot':
      return alive({ snapshotAt: receivedAt });
    case 'status':
      // A last will is the broker's word, not the device's: it is logged, and proves no life.
      return message.body.online ? alive() : { ...logged, files: [file] };
    case 'reply':
      return alive();
    default:
      return message satisfies never;
  }
}

type Readings = Pick<DeviceEvent, 'values' | 'bits' | 'at'>;

function hasReadings({ values = {}, bits = {} }: Readings): boolean {
  return Object.keys(values).length + Object.keys(bits).length > 0;
}

function withReadings(
  logged: Effects,
  file: DeviceFile,
  { values = {}, bits = {}, at: saidAt }: Readings,
  at: number,
  receivedAt: number,
  around: Circumstances,
): Effects {
  const { state, product } = file;
  // Only what the product declares: a device that makes names up must not fill the memory.
  const latest = withState(file, {
    ...state,
    latestAt: at,
    values: merged(state.values, declaredOf(values, product.readings)),
    bits: merged(state.bits, declaredOf(bits, product.bits)),
  });
  const claimed = claimedBy(saidAt, receivedAt);
  return observe(logged, latest, { kind: 'readings', at, values, bits, ...claimed }, receivedAt, around);
}

/** The very object when nothing in it is new. */
function merged<T>(before: Readonly<Record<string, T>>, news: Readonly<Record<string, T>>) {
  for (const name in news) if (news[name] !== before[name]) return { ...before, ...news };
  return before;
}

/** What is late and does not say when it was measured has no place; what is known already has it. */
function withLateReadings(
  logged: Effects,
  file: DeviceFile,
  { values = {}, bits = {} }: Readings,
  { at, clock, boot, seq, receivedAt }: InputRow,
  { past: recall, listeningSince }: Circumstances,
): Effects {
  const alive = { kind: 'tick', at: receivedAt } as const;
  const past = clock === 'device' ? recall() : null;
  const { file: next, changes } =
    past === null || isAmong(past, { boot, seq })
      ? evaluate(file, alive, receivedAt, listeningSince)
      : evaluateLate(file, { kind: 'readings', at, values, bits }, past, receivedAt, listeningSince);
  const told = changes.map(change => ({ change, file: next, recipients: next.recipients, receivedAt }));
  return { ...logged, files: [next], told };
}

/** Shows the rules what the message was; one without readings shows them that the device lives, and what time it is. */
function observe(
  logged: Effects,
  file: DeviceFile,
  observation: Observation,
  receivedAt: number,
  { listeningSince }: Circumstances,
): Effects {
  const { file: next, changes } = evaluate(file, observation, receivedAt, listeningSince);
  const told = changes.map(change => ({ change, file: next, recipients: next.recipients, receivedAt }));
  const { inputs, broker } = logged;
  return { files: [next], inputs, told, broker };
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

/** The state's version follows once a batch, when it is written. */
function withState(file: DeviceFile, state: DeviceState): DeviceFile {
  return { ...file, state };
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

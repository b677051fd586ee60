// A draft: the inputs of one batch decided one after the other on top of the file room, and the transaction they make.
import type { RuleMemory } from '#domain/alarms';
import type { BindingChange } from '#domain/binding';
import { type DeviceState, type Remains, remainsOf } from '#domain/devices';
import { DomainError } from '#domain/errors';
import { joinPlans, planMatter, planNotices } from '#domain/notices';
import { decideInput } from './decide-input.js';
import { stampOf } from './decide-message.js';
import { deviceText } from './device-view.js';
import { type Effects, nothing, type ToldChange } from './effects.js';
import { silenceOf } from './families.js';
import type { FileRoom } from './file-room.js';
import { devicesOf, type Input } from './input.js';
import type { DeviceFile, InputRow, IntakeBatch } from './intake.store.js';
import { type Past, pastOf } from './past.js';
import { isOvertaken, type Position, StampMemory } from './stamp-memory.js';

interface DeviceStamp extends Position {
  readonly deviceId: string;
}

/** A file as the batch leaves it, and what of it is written. */
interface ClosedFile {
  readonly file: DeviceFile;
  readonly state: DeviceState | null;
  readonly memories: readonly RuleMemory[];
}

export class Draft {
  /** The files that the batch began with. */
  private readonly before = new Map<string, DeviceFile>();
  private readonly after = new Map<string, DeviceFile>();
  private readonly effects: Effects[] = [];
  private readonly stamps: DeviceStamp[] = [];
  /** The same by device, to look them up. */
  private readonly known = new Map<string, StampMemory>();
  /** How far each device has come within the batch. */
  private readonly newest = new Map<string, Position>();
  private readonly formerFiles = new Map<string, DeviceFile>();
  private readonly newlyOwned = new Set<string>();
  private closed: readonly ClosedFile[] | null = null;
  /** Those that changed hands in this batch, here or before it. */
  private readonly handedOver = new Set<string>();

  constructor(
    private readonly room: FileRoom,
    private readonly listeningSince: number,
    /** What devices said before, as far as it was asked for. */
    private readonly pasts: ReadonlyMap<string, readonly InputRow[]>,
  ) {}

  /** Devices of which something came late, whose past must be read before this can be decided. */
  readonly lacks = new Set<string>();

  /** Whether the input must wait for the next batch: its device has just changed hands and is read anew first. */
  mustWait(input: Input): boolean {
    return this.handedOver.size > 0 && devicesOf(input).some(id => this.handedOver.has(id));
  }

  /** @returns false for what was known already. @throws what refuses the input; the draft is then as it was. */
  take(input: Input): boolean {
    const stamp = this.stampOf(input);
    if (stamp !== null && this.isKnown(stamp)) return this.repeat(input);
    const isLate = stamp !== null && this.isLate(stamp);
    const effects = decideInput(input, id => this.fileOf(id), {
      listeningSince: this.listeningSince,
      isLate,
      silenceOf: id => this.silenceOf(id),
      past: () => this.pastOf(stamp),
    });
    this.effects.push(effects);
    for (const file of effects.files) this.after.set(file.device.id, file);
    for (const { next } of effects.bindings ?? []) {
      const former = this.before.get(next.deviceId);
      if (former === undefined) continue;
      this.formerFiles.set(next.deviceId, former);
      if (former.binding.epoch !== next.epoch) this.newlyOwned.add(next.deviceId);
    }
    for (const id of this.newlyOwned) this.handedOver.add(id);
    if (input.kind === 'ownership') this.handedOver.add(input.deviceId);
    if (stamp !== null) this.remember(stamp, isLate);
    return true;
  }

  /** A message that comes again decides nothing again; those who listen are owed this copy too, as it goes to them. */
  private repeat(input: Input): false {
    if (input.kind === 'message' && input.said.changes)
      this.effects.push({ ...nothing, broker: input.said.changes });
    return false;
  }

  /** The devices that the batch touched. */
  get touched(): readonly string[] {
    return [...this.after.keys()];
  }

  /** What is left of earlier owners, of the devices that changed hands. */
  get remains(): readonly Remains[] {
    return [...this.handedOver].map(id => remainsOf(this.fileOf(id).device));
  }

  get told(): readonly ToldChange[] {
    return this.effects.flatMap(({ told }) => told);
  }

  /** Changes of bindings, each with the device's file as it was before. */
  get bindings(): readonly { change: BindingChange; former: DeviceFile }[] {
    return this.effects
      .flatMap(({ bindings }) => bindings ?? [])
      .flatMap(change => {
        const former = this.formerFiles.get(change.next.deviceId);
        return former ? [{ change, former }] : [];
      });
  }

  batch(): IntakeBatch {
    const all = this.effects;
    const closed = this.close();
    const beside = new Map<string, number>();
    const plans = all.flatMap(({ told, matters = [] }) => [
      ...told.map(each => {
        const { change, file, recipients, receivedAt, byName } = each;
        const gatheredUntil = this.gatheredUntil(each, beside);
        const audience = { recipients, contacts: file.contacts };
        return planNotices(change, audience, deviceText(file), receivedAt, { byName, gatheredUntil });
      }),
      ...matters.map(({ matter, file, recipients, receivedAt }) =>
        planMatter(matter, recipients, deviceText(file), receivedAt),
      ),
    ]);
    const alarms = new Map(this.told.map(({ change: { alarm } }) => [alarm.id, alarm]));
    return {
      inputs: all.flatMap(({ inputs }) => inputs),
      deadLetters: all.flatMap(({ deadLetters }) => deadLetters ?? []),
      deviceStates: closed.flatMap(({ state }) => state ?? []),
      ruleMemories: closed.flatMap(({ memories }) => memories),
      alarms: [...alarms.values()],
      ...joinPlans(plans),
      bindings: this.bindings.map(({ change }) => change),
      figures: all.flatMap(({ figures }) => figures ?? []),
      modes: all.flatMap(({ modes }) => modes ?? []),
      broker: all.flatMap(({ broker }) => broker ?? []),
    };
  }

  /** @param beside counts what each home raises in this batch */
  private gatheredUntil(
    { change, file, receivedAt }: ToldChange,
    beside: Map<string, number>,
  ): number | null {
    if (file.home === null || change.alarm.class === 'L') return null;
    const { id } = file.home;
    const count = (beside.get(id) ?? 0) + (change.step === 'raised' ? 1 : 0);
    beside.set(id, count);
    return this.room.floods.until(id, receivedAt, count);
  }

  /** Puts what was committed into memory. */
  settle(): void {
    for (const { change, file, receivedAt } of this.told)
      if (change.step === 'raised' && change.alarm.class !== 'L' && file.home !== null)
        this.room.floods.note(file.home.id, receivedAt);
    for (const { file } of this.close()) this.room.replace(this.before.get(file.device.id), file);
    for (const { deviceId, boot, seq } of this.stamps) this.room.stampsOf(deviceId)?.add(boot, seq);
    this.room.forget(this.newlyOwned);
  }

  private fileOf(deviceId: string): DeviceFile {
    const file = this.after.get(deviceId) ?? this.room.get(deviceId);
    if (file === undefined) throw new DomainError('not-found', { detail: `There is no device ${deviceId}.` });
    if (!this.before.has(deviceId)) this.before.set(deviceId, file);
    return file;
  }

  /** Of a hub that is not in memory nothing is known to be silent: those that are stand there for their alarm. */
  private silenceOf(deviceId: string): string | null {
    const file = this.after.get(deviceId) ?? this.room.get(deviceId);
    return file === undefined ? null : (silenceOf(file)?.id ?? null);
  }

  private stampOf(input: Input): DeviceStamp | null {
    if (input.kind !== 'message') return null;
    const stamp = stampOf(input.said.message);
    return stamp === null ? null : { deviceId: input.said.deviceId, boot: stamp.boot, seq: stamp.seq };
  }

  /** As the log will have it when the batch is written. */
  private pastOf(stamp: DeviceStamp | null): Past {
    const deviceId = stamp?.deviceId ?? '';
    const stored = this.pasts.get(deviceId);
    if (stored === undefined) this.lacks.add(deviceId);
    const drafted = this.effects.flatMap(({ inputs }) => inputs).filter(row => row.deviceId === deviceId);
    return pastOf([...(stored ?? []), ...drafted], this.fileOf(deviceId).binding.epoch);
  }

  private isLate(stamp: DeviceStamp): boolean {
    const { deviceId } = stamp;
    return isOvertaken(stamp, this.newest.get(deviceId) ?? this.room.stampsOf(deviceId)?.newest ?? null);
  }

  private remember(stamp: DeviceStamp, isLate: boolean): void {
    const { deviceId, boot, seq } = stamp;
    const known = this.known.get(deviceId) ?? new StampMemory();
    if (known.newest === null) this.known.set(deviceId, known);
    known.add(boot, seq);
    this.stamps.push(stamp);
    if (!isLate) this.newest.set(deviceId, stamp);
  }

  private isKnown({ deviceId, boot, seq }: DeviceStamp): boolean {
    const isKnown = (memory: StampMemory | undefined) => memory?.has(boot, seq) ?? false;
    return isKnown(this.room.stampsOf(deviceId)) || isKnown(this.known.get(deviceId));
  }

  /** State and rule memories are written once a batch, however many inputs touched them. */
  private close(): readonly ClosedFile[] {
    this.closed ??= [...this.after.values()].map(file => {
      const before = this.before.get(file.device.id);
      const state = file.state === before?.state ? null : { ...file.state, version: file.state.version + 1 };
      const memories = [...file.rules.values()]
        .filter(memory => isNews(memory, before?.rules.get(memory.rule)))
        .map(memory => ({ ...memory, version: memory.version + 1 }));
      const rules = new Map([...file.rules, ...memories.map(memory => [memory.rule, memory] as const)]);
      return { file: { ...file, state: state ?? file.state, rules }, state, memories };
    });
    return this.closed;
  }
}

/**
 * A due time that only moved further away is not worth a write: after a restart the rule is asked at the stored one, and
 * says what is left. So a device that goes on speaking changes no row and no index of its rules.
 */
function isNews(next: RuleMemory, before: RuleMemory | undefined): boolean {
  if (next === before) return false;
  if (before === undefined || before.epoch !== next.epoch) return true;
  if (next.state !== before.state || next.occurrences !== before.occurrences) return true;
  if (next.dueAt === null || before.dueAt === null) return next.dueAt !== before.dueAt;
  return next.dueAt < before.dueAt;
}

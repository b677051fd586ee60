// A draft: the inputs of one batch decided one after the other on top of the file room, and the transaction they make.
import type { BindingChange } from '#domain/binding';
import { type Remains, remainsOf } from '#domain/devices';
import { DomainError } from '#domain/errors';
import { joinPlans, planMatter, planNotices } from '#domain/notices';
import { decideInput } from './decide-input.js';
import { type Circumstances, hearAgain, stampOf } from './decide-message.js';
import { deviceText } from './device-view.js';
import type { Effects, ToldChange } from './effects.js';
import { silenceOf } from './families.js';
import type { FileRoom } from './file-room.js';
import { type DeviceMessage, devicesOf, type Input } from './input.js';
import type { DeviceFile, InputRow, IntakeBatch } from './intake.store.js';
import { type Past, pastOf } from './past.js';
import { type ClosedFile, Sheet } from './sheet.js';

/** What inputs write as it is, in their order. */
type Rows = {
  readonly [K in
    | 'inputs'
    | 'deadLetters'
    | 'bindings'
    | 'lost'
    | 'placed'
    | 'figures'
    | 'modes'
    | 'broker']: NonNullable<Effects[K]>[number][];
};

export class Draft {
  private readonly sheets = new Map<string, Sheet>();
  /** Of the devices that inputs have written to, in the order in which they first did. */
  private readonly written = new Set<Sheet>();
  private readonly rows: Rows = {
    inputs: [],
    deadLetters: [],
    bindings: [],
    lost: [],
    placed: [],
    figures: [],
    modes: [],
    broker: [],
  };
  /** Of the inputs of which people are told. */
  private readonly news: Effects[] = [];
  /** Each change of a binding with the device's file as it was before it. */
  private readonly rebound: { readonly change: BindingChange; readonly former: DeviceFile }[] = [];
  /** They are in another home now, whose people and modes their files do not have. */
  private readonly moved = new Set<string>();
  private closed: readonly ClosedFile[] | null = null;
  /** What is the same for every input but one that comes late. */
  private readonly around: Circumstances;

  constructor(
    private readonly room: FileRoom,
    listeningSince: number,
    /** What devices said before, as far as it was asked for. */
    private readonly pasts: ReadonlyMap<string, readonly InputRow[]>,
  ) {
    this.around = { listeningSince, past: null, silenceOf: id => this.silenceOf(id) };
  }

  /** Devices of which something came late, whose past must be read before this can be decided. */
  readonly lacks = new Set<string>();

  /** Whether the input must wait for the next batch: its device has just changed hands or homes and is read anew first. */
  mustWait(input: Input): boolean {
    return this.moved.size > 0 && devicesOf(input).some(id => this.moved.has(id));
  }

  /**
   * @returns the files that it touched, as it left them; null for what was known already
   * @throws what refuses the input; the draft is then as it was.
   */
  take(input: Input): readonly DeviceFile[] | null {
    const stamp = input.kind === 'message' ? stampOf(input.said.message) : null;
    if (input.kind !== 'message' || stamp === null)
      return this.keep(decideInput(input, this.fileOf, this.around));
    const sheet = this.sheetOf(input.said.deviceId);
    if (sheet.knows(stamp)) return this.repeat(sheet, input.said);
    const isLate = sheet.isLate(stamp);
    const around = isLate ? { ...this.around, past: () => this.pastOf(sheet.file) } : this.around;
    const files = this.keep(decideInput(input, this.fileOf, around));
    sheet.remember(stamp, isLate);
    return files;
  }

  /** Those who listen are owed this copy too, as it goes to them. */
  private repeat(sheet: Sheet, said: DeviceMessage): null {
    this.keep(hearAgain(sheet.file, said, this.around));
    // What its sender says is sent again is no fault of the device's.
    if (!said.isResent) sheet.repeat(said.receivedAt);
    return null;
  }

  private keep(effects: Effects): readonly DeviceFile[] {
    const { rows } = this;
    append(rows.inputs, effects.inputs);
    append(rows.deadLetters, effects.deadLetters);
    append(rows.bindings, effects.bindings);
    append(rows.lost, effects.lost);
    append(rows.placed, effects.placed);
    append(rows.figures, effects.figures);
    append(rows.modes, effects.modes);
    append(rows.broker, effects.broker);
    if (effects.told.length > 0 || effects.matters !== undefined) this.news.push(effects);
    if (effects.bindings !== undefined) for (const change of effects.bindings) this.rebind(change);
    for (const file of effects.files) this.write(file);
    return effects.files;
  }

  /** Before the file that it leaves is written. */
  private rebind(change: BindingChange): void {
    const { deviceId, epoch, homeId } = change.next;
    const former = this.fileOf(deviceId);
    this.rebound.push({ change, former });
    if (former.binding.epoch !== epoch || former.binding.homeId !== homeId) this.moved.add(deviceId);
  }

  private write(file: DeviceFile): void {
    const sheet = this.sheetOf(file.device.id);
    sheet.file = file;
    this.written.add(sheet);
  }

  /** Of the devices that the batch touched, as it leaves them. */
  get files(): readonly DeviceFile[] {
    return this.close().map(({ file }) => file);
  }

  /** What is left of earlier owners, of the devices that changed hands. */
  get remains(): readonly Remains[] {
    return this.rebound
      .filter(({ change, former }) => change.next.epoch !== former.binding.epoch)
      .map(({ former }) => remainsOf(former.device));
  }

  get told(): readonly ToldChange[] {
    return this.news.flatMap(({ told }) => told);
  }

  /** Changes of bindings, each with the device's file as it was before. */
  get bindings(): readonly { change: BindingChange; former: DeviceFile }[] {
    return this.rebound;
  }

  batch(): IntakeBatch {
    const closed = this.close();
    const beside = new Map<string, number>();
    const plans = this.news.flatMap(({ told, matters = [] }) => [
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
      ...this.rows,
      deviceStates: closed.flatMap(({ state }) => state ?? []),
      ruleMemories: closed.flatMap(({ memories }) => memories),
      alarms: [...alarms.values()],
      ...joinPlans(plans),
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
    for (const { before, file } of this.close()) this.room.replace(before, file);
    for (const sheet of this.sheets.values()) sheet.settle();
    this.room.forget(this.moved);
  }

  private readonly fileOf = (deviceId: string): DeviceFile => this.sheetOf(deviceId).file;

  private sheetOf(deviceId: string): Sheet {
    const known = this.sheets.get(deviceId);
    if (known !== undefined) return known;
    const file = this.room.get(deviceId);
    if (file === undefined) throw new DomainError('not-found', { detail: `There is no device ${deviceId}.` });
    const sheet = new Sheet(file, this.room.stampsOf(deviceId));
    this.sheets.set(deviceId, sheet);
    return sheet;
  }

  /** Of a hub that is not in memory nothing is known to be silent: those that are stand there for their alarm. */
  private silenceOf(deviceId: string): string | null {
    const file = this.sheets.get(deviceId)?.file ?? this.room.get(deviceId);
    return file === undefined ? null : (silenceOf(file)?.id ?? null);
  }

  /** As the log will have it when the batch is written. */
  private pastOf({ device: { id }, binding }: DeviceFile): Past {
    const stored = this.pasts.get(id);
    if (stored === undefined) this.lacks.add(id);
    const drafted = this.rows.inputs.filter(row => row.deviceId === id);
    return pastOf([...(stored ?? []), ...drafted], binding.epoch);
  }

  private close(): readonly ClosedFile[] {
    this.closed ??= [...this.written].map(sheet => sheet.close());
    return this.closed;
  }
}

function append<T>(rows: T[], more: readonly T[] | undefined): void {
  if (more !== undefined) for (const row of more) rows.push(row);
}

// The intake: everything that decides something joins one batch after the other, and is answered when it is durable.
import { Injectable } from '@nestjs/common';
import type { AlarmView, HomeMode, Right } from '#codecs/api';
import type { Account } from '#domain/accounts';
import { type Alarm, AlarmStore } from '#domain/alarms';
import type { Binding, BindingEvent } from '#domain/binding';
import { Clock } from '#domain/clock';
import { DomainError } from '#domain/errors';
import type { Home, ModeChangeRow } from '#domain/homes';
import { mayDo, Rights } from '#domain/sharing';
import { Aftermath } from './aftermath.js';
import { BatchLine } from './batch-line.js';
import type { BrokerChange } from './broker-change.js';
import { holdingOf } from './device-view.js';
import type { Draft } from './draft.js';
import type { Answered, Taken } from './entry.js';
import { FileRoom } from './file-room.js';
import type { DeviceMessage, Input, PersonsDeed, RulesChange, Surroundings } from './input.js';
import { type CommitResult, type DeadLetter, type DeviceFile, IntakeStore } from './intake.store.js';
import type { LineCounters, LineTimes } from './line-counters.js';
import { Listening } from './listening.js';
import { Rounds } from './rounds.js';
import { Views } from './views.js';

/** What a person needs to do this about an alarm. */
const rightFor: Readonly<Record<PersonsDeed['kind'], Right>> = {
  acknowledge: 'alarms',
  comment: 'alarms',
  reset: 'settle',
  shelve: 'settle',
};

@Injectable()
export class Intake {
  private readonly line: BatchLine;
  private readonly rounds: Rounds;

  constructor(
    private readonly store: IntakeStore,
    private readonly files: FileRoom,
    private readonly alarms: AlarmStore,
    private readonly rights: Rights,
    private readonly aftermath: Aftermath,
    private readonly views: Views,
    listening: Listening,
    private readonly clock: Clock,
  ) {
    this.line = new BatchLine(store, files, listening, (draft, result) => this.after(draft, result));
    this.rounds = new Rounds(store, files, listening, clock, input => this.line.join(input));
  }

  /** Messages, duplicates, malformed ones, batches and the largest of them, since the start. */
  get counters(): Readonly<LineCounters> {
    return this.line.counters;
  }

  get times(): LineTimes {
    return this.line.times;
  }

  /** Inputs that wait for the batch after the one under way. */
  get waiting(): number {
    return this.line.length;
  }

  /** Messages wait for a store that takes nothing at present; all else is refused meanwhile. */
  get isStoreDown(): boolean {
    return this.line.isDown;
  }

  /** Opens the files of the devices that need the clock, so that no due time is forgotten by a restart. */
  start(): Promise<void> {
    return this.rounds.start();
  }

  /** Reads files before their first message. */
  prepare(deviceIds: readonly string[]): Promise<void> {
    return this.files.open(deviceIds);
  }

  async file(deviceId: string): Promise<DeviceFile | null> {
    const [file] = await this.files.openAll([deviceId]);
    return file ?? null;
  }

  /**
   * Joins the present batch synchronously, and is answered, in the order of joining, when it is durable: by a call,
   * because these come by the ten thousand.
   */
  hear(input: Extract<Input, { kind: 'message' | 'malformed' }>, answered: Answered): void {
    this.line.push(input, answered);
  }

  /** As `hear`. @throws what refused it. */
  receive(said: DeviceMessage): Promise<Taken> {
    return this.line.join({ kind: 'message', said });
  }

  malformed(letter: DeadLetter): Promise<Taken> {
    return this.line.join({ kind: 'malformed', letter });
  }

  /** Stores what changes in the broker's memory, in the order of asking and in one line with the messages. */
  async keep(changes: readonly BrokerChange[]): Promise<void> {
    if (changes.length > 0) await this.line.join({ kind: 'broker', changes });
  }

  acknowledge(alarmId: string, by: Account): Promise<AlarmView> {
    return this.act({ kind: 'acknowledge' }, alarmId, by);
  }

  /** In the name of somebody who need not have an account. @throws DomainError `alarm-over`. */
  async acknowledgeAs({ id: alarmId, deviceId }: Alarm, by: { id: string; name: string }): Promise<void> {
    await this.join({ kind: 'acknowledge' }, { deviceId, alarmId }, by);
  }

  /** @throws DomainError `alarm-not-calm` while the cause lasts, `alarm-over`, `not-found`. */
  reset(alarmId: string, by: Account): Promise<AlarmView> {
    return this.act({ kind: 'reset' }, alarmId, by);
  }

  /** No repeats for some minutes. @throws DomainError `invalid-request` for longer than the alarm's class allows. */
  shelve(
    alarmId: string,
    { minutes, why }: { minutes: number; why?: string },
    by: Account,
  ): Promise<AlarmView> {
    const until = this.clock.now() + minutes * 60_000;
    return this.act({ kind: 'shelve', until, ...(why !== undefined && { text: why }) }, alarmId, by);
  }

  comment(alarmId: string, text: string, by: Account): Promise<AlarmView> {
    return this.act({ kind: 'comment', text }, alarmId, by);
  }

  /** @throws DomainError `not-found` for whoever has no right to. */
  async changeMode(homeId: string, mode: HomeMode, by: Account): Promise<Home> {
    const home = await this.rights.onHome('command', homeId, by);
    await this.enterMode(home, { mode, since: this.clock.now(), by: by.id });
    return this.rights.onHome('command', homeId, by);
  }

  /** @param by null: the home's plan, whose word counts from when it was due, unless a person has spoken since. */
  async enterMode(
    { id: homeId, mode: former }: Home,
    { mode, since, by }: Pick<ModeChangeRow, 'mode' | 'since' | 'by'>,
  ): Promise<void> {
    const deviceIds = await this.store.inHome(homeId);
    const at = this.clock.now();
    await this.line.join({ kind: 'mode', homeId, deviceIds, mode, former, since, by, at });
    // A device that came into the home meanwhile was read with the mode before.
    this.files.forgetWhere(file => file.home?.id === homeId && file.home.modeSince !== since);
  }

  /** About every second. After a clock that was set, or a machine that slept, everybody is asked anew. */
  watchClock(): void {
    this.rounds.watchClock();
  }

  /** Figures of a device's rules; the log has the rules of then. */
  async changeRules(deviceId: string, change: RulesChange): Promise<void> {
    await this.line.join({ kind: 'rules', deviceId, at: this.clock.now(), ...change });
  }

  /** Asks whatever is due. */
  tick(now = this.clock.now()): Promise<void> {
    return this.rounds.go(now);
  }

  async tellMatter(matter: Omit<Extract<Input, { kind: 'matter' }>, 'kind'>): Promise<void> {
    await this.line.join({ kind: 'matter', ...matter });
  }

  /** Resolves when the line and the store have shown that they work: something has gone all the way through both. */
  async probe(): Promise<void> {
    await this.line.join({ kind: 'broker', changes: [] });
    if (!(await this.store.isHealthy())) throw new DomainError('storage-unavailable');
  }

  /**
   * @returns the binding as it is then
   * @throws DomainError with the refusal of the binding's machine; `not-found`.
   */
  async changeBinding(deviceId: string, event: BindingEvent, around: Surroundings): Promise<Binding> {
    const taken = await this.line.join({ kind: 'binding', deviceId, event, ...around });
    const [file] = taken.kind === 'stored' ? taken.files : [];
    if (file === undefined) throw new DomainError('not-found');
    return file.binding;
  }

  /** It takes nothing more. */
  get isDrained(): boolean {
    return this.line.isClosed;
  }

  /** Takes nothing more, and resolves when what it has is durable or refused. */
  drain(): Promise<void> {
    return this.line.close();
  }

  private async act(deed: PersonsDeed, alarmId: string, by: Account): Promise<AlarmView> {
    const alarm = await this.alarms.byId(alarmId);
    const file = alarm === null ? null : await this.file(alarm.deviceId);
    if (alarm === null || file === null || !this.mayAct(file, alarm.epoch, by, deed))
      throw new DomainError('not-found');
    const { deviceId } = alarm;
    await this.join(deed, { deviceId, alarmId }, by);
    const [after, fileAfter] = await Promise.all([this.alarms.byId(alarmId), this.file(deviceId)]);
    return this.views.alarm(after ?? alarm, fileAfter ?? file, by);
  }

  private async join(
    deed: PersonsDeed,
    of: { readonly deviceId: string; readonly alarmId: string },
    { id: accountId, name }: { readonly id: string; readonly name: string },
  ): Promise<void> {
    await this.line.join({ ...deed, ...of, accountId, name, at: this.clock.now() });
  }

  /** In the same moment as the deed joins the line: who has just lost the right comes too late. */
  private mayAct(file: DeviceFile, alarmEpoch: number, by: Account, { kind }: PersonsDeed): boolean {
    const isOfTheirTime = by.role === 'operator' || file.binding.epoch === alarmEpoch;
    return isOfTheirTime && mayDo(holdingOf(file), by, rightFor[kind], this.clock.now());
  }

  private after(draft: Draft, { notices }: Extract<CommitResult, { ok: true }>): void {
    this.aftermath.notices(notices, draft.told);
    this.rounds.hear(draft.told);
    this.aftermath.traces(draft.told);
    for (const remains of draft.remains) this.aftermath.forget(remains);
    for (const { change, former } of draft.bindings) this.aftermath.binding(change.next, former);
    for (const file of draft.files) {
      // Of one that was forgotten meanwhile too: it is read anew when its time comes.
      this.rounds.note(file);
      if (this.files.get(file.device.id) === file) this.aftermath.device(file);
    }
    // Pages that miss this fetch it: what counts went out with the notices.
    this.aftermath.alarms(draft.told).catch(() => {});
  }
}

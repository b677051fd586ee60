// The rounds of time: who wants to be asked when, and asking them; those behind a hub hear of it on the same round.
import type { Clock } from '#domain/clock';
import { DomainError } from '#domain/errors';
import { DueTimes } from './due-times.js';
import type { ToldChange } from './effects.js';
import { Families } from './families.js';
import type { FileRoom } from './file-room.js';
import type { Input } from './input.js';
import type { DeviceFile, IntakeStore } from './intake.store.js';
import type { Listening } from './listening.js';
import { nextDue } from './next-due.js';

/** Files that a start opens at one go: the room holds only so many. */
const openedAtOnce = 1_000;
/** A tick that our own code or one row of the store spoils is not asked for every second. */
const faultyTickMs = 30_000;

export class Rounds {
  private readonly dueTimes = new DueTimes();
  private readonly families: Families;

  constructor(
    private readonly store: Pick<IntakeStore, 'watched' | 'childrenOf'>,
    private readonly files: FileRoom,
    private readonly listening: Listening,
    private readonly clock: Clock,
    private readonly join: (input: Input) => Promise<unknown>,
  ) {
    this.families = new Families(id => store.childrenOf(id), join);
  }

  /** Opens the files of the devices that need the clock, so that no due time is forgotten by a restart. */
  async start(): Promise<void> {
    const watched = await this.store.watched();
    for (let from = 0; from < watched.length; from += openedAtOnce) {
      const files = await this.files.openAll(watched.slice(from, from + openedAtOnce));
      for (const file of files) this.note(file);
      this.families.find(files);
    }
  }

  /** When the device wants to be asked, now that its file is this. */
  note(file: DeviceFile): void {
    this.dueTimes.set(file.device.id, nextDue(file, this.listening.since, this.clock.now()));
  }

  /** Whatever of it is news to devices behind a hub. */
  hear(changes: readonly ToldChange[]): void {
    this.families.hear(changes);
  }

  /** About every second. After a clock that was set, or a machine that slept, everybody is asked anew. */
  watchClock(): void {
    if (this.listening.look()) this.dueTimes.bringForward(this.clock.now());
  }

  /** Asks whatever is due. */
  async go(now: number): Promise<void> {
    const asked = this.hubsFirst(this.dueTimes.take(now)).map(deviceId => this.ask(deviceId, now));
    await Promise.all([this.families.tell(now), ...asked]);
  }

  private async ask(deviceId: string, now: number): Promise<void> {
    try {
      await this.join({ kind: 'tick', deviceId, at: now });
    } catch (error) {
      // Not asked, so asked again: nothing that was due may be lost to a store that is down.
      this.dueTimes.set(deviceId, now + (error instanceof DomainError ? 1_000 : faultyTickMs));
      throw error;
    }
  }

  /** A silence that a hub's own explains is told to nobody, if that is known first. */
  private hubsFirst(deviceIds: readonly string[]): string[] {
    const isBehind = (id: string) => (this.files.get(id)?.device.parentId ?? null) !== null;
    return [...deviceIds.filter(id => !isBehind(id)), ...deviceIds.filter(isBehind)];
  }
}

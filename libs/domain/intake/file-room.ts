// The file room: the files of devices that are held in memory, with what only memory knows of them.
import { Injectable } from '@nestjs/common';
import { type RuleMemory, reviveState } from '#domain/alarms';
import { Floods } from './floods.js';
import { type DeviceFile, IntakeStore } from './intake.store.js';
import { StampMemory } from './stamp-memory.js';

/** Of a room that was too full. */
const keptShare = 0.99;

type Match = (file: DeviceFile) => boolean;

@Injectable()
export class FileRoom {
  protected readonly mostFiles: number = 100_000;
  private readonly files = new Map<string, DeviceFile>();
  private readonly stamps = new Map<string, StampMemory>();

  readonly floods = new Floods();

  /** For each read under way, what was forgotten since it began: what it brings of that may be of before. */
  private readonly reads = new Set<Match[]>();

  constructor(private readonly store: IntakeStore) {}

  get(deviceId: string): DeviceFile | undefined {
    return this.files.get(deviceId);
  }

  stampsOf(deviceId: string): StampMemory | undefined {
    return this.stamps.get(deviceId);
  }

  /**
   * Reads those that are not here from the store, and does the work in the same moment: nobody forgets one of them, or
   * needs its place, in between. Devices that do not exist stay away. @throws when the store is down.
   */
  async use<T>(deviceIds: Iterable<string>, work: () => T): Promise<T> {
    const ids = [...new Set(deviceIds)];
    const unknown = new Set<string>();
    const missing = () => ids.filter(id => !this.files.has(id) && !unknown.has(id));
    for (let wanted = missing(); wanted.length > 0; wanted = missing())
      for (const id of await this.read(wanted)) unknown.add(id);
    try {
      return work();
    } finally {
      this.makeRoom(ids);
    }
  }

  open(deviceIds: Iterable<string>): Promise<void> {
    return this.use(deviceIds, () => {});
  }

  /** What was forgotten while the store was being asked is not kept. @returns those that the store does not have. */
  private async read(deviceIds: readonly string[]): Promise<string[]> {
    const forgotten: Match[] = [];
    this.reads.add(forgotten);
    try {
      const read = await this.store.load(deviceIds);
      for (const file of read) if (!forgotten.some(match => match(file))) this.keep(file);
      const found = new Set(read.map(({ device }) => device.id));
      return deviceIds.filter(id => !found.has(id));
    } finally {
      this.reads.delete(forgotten);
    }
  }

  private keep(file: DeviceFile): void {
    const { id } = file.device;
    // Somebody else may have opened it meanwhile, and decided on it since.
    if (this.files.has(id)) return;
    // What the memory of stamps holds already is not held twice.
    this.files.set(id, { ...file, rules: revived(file), recentStamps: [] });
    this.stamps.set(id, new StampMemory(file.recentStamps));
  }

  /** Those of the devices that exist, in the order asked for. */
  openAll(deviceIds: readonly string[]): Promise<DeviceFile[]> {
    return this.use(deviceIds, () => deviceIds.flatMap(id => this.files.get(id) ?? []));
  }

  /** Puts a decided file in the place of the one it was decided on; was that replaced meanwhile, it is read anew. */
  replace(before: DeviceFile | undefined, after: DeviceFile): void {
    const { id } = after.device;
    if (this.files.get(id) === before) this.files.set(id, after);
    else this.forget([id]);
  }

  forget(deviceIds: Iterable<string>): void {
    const ids = new Set(deviceIds);
    this.forgetWhere(({ device }) => ids.has(device.id), ids);
  }

  /** @param ids where to look, when that is known */
  forgetWhere(match: Match, ids: Iterable<string> = this.files.keys()): void {
    for (const read of this.reads) read.push(match);
    for (const id of [...ids]) {
      const file = this.files.get(id);
      if (file === undefined || !match(file)) continue;
      this.files.delete(id);
      this.stamps.delete(id);
    }
  }

  /**
   * Those that were used longest ago go first, many at once: the beginning of a map is found by passing all that were
   * taken out of it since it was last made anew.
   */
  private makeRoom(used: readonly string[]): void {
    for (const id of used) {
      const file = this.files.get(id);
      if (file === undefined) continue;
      this.files.delete(id);
      this.files.set(id, file);
    }
    if (this.files.size <= this.mostFiles) return;
    const kept = Math.ceil(this.mostFiles * keptShare);
    for (const id of this.files.keys()) {
      if (this.files.size <= kept) break;
      this.files.delete(id);
      this.stamps.delete(id);
    }
  }
}

/** Rule states come back as JSON; each kind reads its own, and a rule that the product dropped is left behind. */
function revived({ product, rules }: DeviceFile): RuleMemory[] {
  return product.rules.flatMap(({ id, kind }) => {
    const memory = rules.find(({ rule }) => rule === id);
    return memory ? [{ ...memory, state: reviveState(kind, memory.state) }] : [];
  });
}

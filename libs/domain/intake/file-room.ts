// The file room: the files of devices that are held in memory, with what only memory knows of them.
import { Injectable } from '@nestjs/common';
import { type RuleMemory, reviveState } from '#domain/alarms';
import type { Binding } from '#domain/binding';
import { type DeviceFile, IntakeStore } from './intake.store.js';
import { StampMemory } from './stamp-memory.js';

const mostFiles = 100_000;

type Match = (file: DeviceFile) => boolean;

@Injectable()
export class FileRoom {
  private readonly files = new Map<string, DeviceFile>();
  private readonly stamps = new Map<string, StampMemory>();

  /** For each read under way, what was forgotten since it began: what it brings of that may be of before. */
  private readonly reads = new Set<Match[]>();

  constructor(private readonly store: IntakeStore) {}

  get(deviceId: string): DeviceFile | undefined {
    return this.files.get(deviceId);
  }

  stampsOf(deviceId: string): StampMemory | undefined {
    return this.stamps.get(deviceId);
  }

  /** Reads those that are not here from the store. @throws when it is down. */
  async open(deviceIds: Iterable<string>): Promise<void> {
    let missing = [...new Set(deviceIds)].filter(id => !this.files.has(id));
    while (missing.length > 0) missing = (await this.read(missing)).filter(id => !this.files.has(id));
    this.makeRoom();
  }

  /** @returns those that must be read again: they were forgotten while the store was being asked. */
  private async read(deviceIds: readonly string[]): Promise<string[]> {
    const forgotten: Match[] = [];
    this.reads.add(forgotten);
    try {
      const read = await this.store.load(deviceIds);
      const isOutdated: Match = file => forgotten.some(match => match(file));
      for (const file of read.filter(file => !isOutdated(file))) this.keep(file);
      return read.filter(isOutdated).map(({ device }) => device.id);
    } finally {
      this.reads.delete(forgotten);
    }
  }

  private keep(file: DeviceFile): void {
    const { id } = file.device;
    // Somebody else may have opened it meanwhile, and decided on it since.
    if (this.files.has(id)) return;
    this.files.set(id, { ...file, rules: revived(file) });
    this.stamps.set(id, new StampMemory(file.recentStamps));
  }

  /** Those of the devices that exist, in the order asked for. */
  async openAll(deviceIds: readonly string[]): Promise<DeviceFile[]> {
    await this.open(deviceIds);
    return deviceIds.flatMap(id => this.files.get(id) ?? []);
  }

  /** Puts a decided file in the place of the one it was decided on; was that replaced meanwhile, it is read anew. */
  replace(before: DeviceFile | undefined, after: DeviceFile): void {
    const { id } = after.device;
    if (this.files.get(id) === before) this.files.set(id, after);
    else this.forget([id]);
  }

  /** A binding that was stored elsewhere, of the same epoch. */
  rebind(binding: Binding): void {
    const file = this.files.get(binding.deviceId);
    if (file !== undefined) this.files.set(binding.deviceId, { ...file, binding });
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

  private makeRoom(): void {
    for (const id of this.files.keys()) {
      if (this.files.size <= mostFiles) break;
      this.forget([id]);
    }
  }
}

/** Rule states come back as JSON; each kind reads its own, and a rule that the product dropped is left behind. */
function revived({ product, rules }: DeviceFile): Map<string, RuleMemory> {
  const known = product.rules.flatMap(rule => {
    const memory = rules.get(rule.id);
    return memory ? [{ ...memory, state: reviveState(rule.kind, memory.state) }] : [];
  });
  return new Map(known.map(memory => [memory.rule, memory]));
}

// Hubs and the devices behind them: who hears that their hub is silent, or back, and has not been told yet.
import type { Alarm } from '#domain/alarms';
import type { ToldChange } from './effects.js';
import type { Input } from './input.js';
import type { DeviceFile } from './intake.store.js';

/** Nothing of a device is heard while its hub is silent: that is the alarm which explains the others. */
export function silenceOf({ openAlarms, binding }: DeviceFile): Alarm | null {
  return openAlarms.find(({ kind, epoch }) => kind === 'silence' && epoch === binding.epoch) ?? null;
}

const telling: readonly string[] = ['raised', 'back', 'cleared'];

export class Families {
  /** By the hub: the alarm of its silence; null: it is back. */
  private readonly news = new Map<string, string | null>();

  constructor(
    private readonly childrenOf: (deviceId: string) => Promise<readonly string[]>,
    private readonly join: (input: Extract<Input, { kind: 'parent' }>) => Promise<unknown>,
  ) {}

  /** Whatever falls silent may be a hub; the store knows when its children are to hear of it. */
  hear(changes: readonly ToldChange[]): void {
    for (const { change } of changes) {
      const { id, kind, deviceId, clearedAt } = change.alarm;
      if (kind === 'silence' && telling.includes(change.step))
        this.news.set(deviceId, clearedAt === null ? id : null);
    }
  }

  /** After a start: what was decided, and perhaps not told any more. */
  find(files: readonly DeviceFile[]): void {
    for (const { openAlarms, device } of files)
      if (device.parentId !== null && openAlarms.some(({ kind }) => kind === 'silence'))
        if (!this.news.has(device.parentId)) this.news.set(device.parentId, null);
    for (const file of files) {
      const silence = silenceOf(file);
      if (silence !== null) this.news.set(file.device.id, silence.id);
    }
  }

  /** Tells the children; what could not be stored is told the next time. */
  async tell(at: number): Promise<void> {
    for (const [deviceId, by] of [...this.news]) {
      const children = await this.childrenOf(deviceId);
      await Promise.all(children.map(child => this.join({ kind: 'parent', deviceId: child, by, at })));
      if (this.news.get(deviceId) === by) this.news.delete(deviceId);
    }
  }
}

// A camera's picture: its file first, then the line that speaks of it; while the disk takes none it waits, as every message does.
import { Injectable } from '@nestjs/common';
import { SnapshotStore } from '#domain/devices';
import { DomainError } from '#domain/errors';
import type { Taken } from './entry.js';
import type { DeviceMessage } from './input.js';
import { Intake } from './intake.js';
import { Outage } from './outage.js';

@Injectable()
export class Pictures {
  constructor(
    private readonly intake: Intake,
    private readonly snapshots: SnapshotStore,
  ) {}

  /**
   * Resolves when both are durable. @throws when the intake is drained before that.
   * @param waits is told once why the picture has to wait
   */
  async receive(said: DeviceMessage, waits: (fault: unknown) => void): Promise<Taken> {
    const { deviceId, message } = said;
    if (message.kind === 'snapshot') await this.keep(deviceId, message.body.image, waits);
    return this.intake.receive(said);
  }

  private async keep(deviceId: string, image: Uint8Array, waits: (fault: unknown) => void): Promise<void> {
    const outage = new Outage();
    for (;;) {
      try {
        return await this.put(deviceId, image);
      } catch (fault) {
        const isOutage = fault instanceof DomainError && fault.code === 'storage-unavailable';
        if (!isOutage || this.intake.isDrained) throw fault;
        if (!outage.isOn) waits(fault.cause);
      }
      outage.goOn();
      await outage.pause();
    }
  }

  /** Under the epoch of this moment: the device may have changed hands while its picture waited. */
  private async put(deviceId: string, image: Uint8Array): Promise<void> {
    const file = await this.intake.file(deviceId);
    if (file) await this.snapshots.put(deviceId, file.binding.epoch, image);
  }
}

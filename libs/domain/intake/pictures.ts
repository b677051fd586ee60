// A camera's picture: its file first, then the line that speaks of it; while the disk takes none it waits, as every message does.
import { Injectable } from '@nestjs/common';
import { SnapshotStore } from '#domain/devices';
import { DomainError } from '#domain/errors';
import type { Taken } from './entry.js';
import type { DeviceMessage } from './input.js';
import { Intake } from './intake.js';
import { Outage } from './outage.js';

/** A picture on its way to the disk. */
interface Exposure {
  readonly image: Uint8Array;
  readonly outage: Outage;
  /** A newer one of the same camera has come: only the last is ever shown, and this one is not written any more. */
  isOvertaken: boolean;
  /** It waits, and its bytes are counted. */
  isHeld: boolean;
  /** Resolves when nothing is being written, of it or of those before it. */
  writing: Promise<unknown>;
}

@Injectable()
export class Pictures {
  /** By camera, the newest that is not written yet. */
  private readonly latest = new Map<string, Exposure>();
  private heldBytes = 0;
  /** Bytes of pictures that wait in memory for room on the disk, of all cameras together. */
  protected readonly mostHeldBytes: number = 64 * 1024 * 1024;

  constructor(
    private readonly intake: Intake,
    private readonly snapshots: SnapshotStore,
  ) {}

  /**
   * Resolves when both are durable; of a picture that a newer one overtook, when the line is. Null: the disk takes none,
   * and as many as may wait do so already. @throws when the intake is drained before that.
   * @param waits is told once why the picture has to wait
   */
  async receive(said: DeviceMessage, waits: (fault: unknown) => void): Promise<Taken | null> {
    const { deviceId, message } = said;
    if (message.kind === 'snapshot' && !(await this.keep(deviceId, message.body.image, waits))) return null;
    return this.intake.receive(said);
  }

  /** @returns false when it was not kept and nothing newer will be in its place. */
  private async keep(deviceId: string, image: Uint8Array, waits: (fault: unknown) => void): Promise<boolean> {
    const writing = overtake(this.latest.get(deviceId));
    const exposure = { image, outage: new Outage(), isOvertaken: false, isHeld: false, writing };
    this.latest.set(deviceId, exposure);
    try {
      await writing;
      return await this.write(deviceId, exposure, waits);
    } finally {
      if (exposure.isHeld) this.heldBytes -= image.length;
      if (this.latest.get(deviceId) === exposure) this.latest.delete(deviceId);
    }
  }

  private async write(
    deviceId: string,
    exposure: Exposure,
    waits: (fault: unknown) => void,
  ): Promise<boolean> {
    const { outage, image } = exposure;
    while (!exposure.isOvertaken) {
      try {
        const writing = this.put(deviceId, image);
        exposure.writing = writing.catch(() => {});
        await writing;
        return true;
      } catch (fault) {
        const isOutage = fault instanceof DomainError && fault.code === 'storage-unavailable';
        if (!isOutage || this.intake.isDrained) throw fault;
        if (exposure.isOvertaken) break;
        if (!this.hold(exposure)) return false;
        if (!outage.isOn) waits(fault.cause);
      }
      outage.goOn();
      await outage.pause();
    }
    return true;
  }

  /** @returns whether there is room for it. */
  private hold(exposure: Exposure): boolean {
    const { isHeld, image } = exposure;
    if (isHeld) return true;
    if (this.heldBytes + image.length > this.mostHeldBytes) return false;
    exposure.isHeld = true;
    this.heldBytes += image.length;
    return true;
  }

  /** Under the epoch of this moment: the device may have changed hands while its picture waited. */
  private async put(deviceId: string, image: Uint8Array): Promise<void> {
    const file = await this.intake.file(deviceId);
    if (file) await this.snapshots.put(deviceId, file.binding.epoch, image);
  }
}

/** Resolves when it writes nothing more: it must not come out on top. */
async function overtake(exposure: Exposure | undefined): Promise<void> {
  if (!exposure) return;
  exposure.isOvertaken = true;
  exposure.outage.hurry();
  await exposure.writing;
}

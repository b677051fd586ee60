// What a device is told when it subscribes: the time and its interval, and whether it has an owner.
import { Injectable } from '@nestjs/common';
import type { DownwardKind } from '#codecs/wire';
import { Clock } from '#domain/clock';
import { DeviceLink, type Downward } from '#domain/devices';
import { bindingNotice, type DeviceFile, Intake } from '#domain/intake';

@Injectable()
export class Briefing {
  constructor(
    private readonly intake: Intake,
    private readonly link: DeviceLink,
    private readonly clock: Clock,
  ) {}

  async brief(deviceId: string, kind: DownwardKind): Promise<void> {
    if (kind !== 'config' && kind !== 'binding') return;
    const file = await this.intake.file(deviceId);
    if (file) this.link.tell(deviceId, this.messageOf(kind, file));
  }

  private messageOf(kind: 'config' | 'binding', { binding, product }: DeviceFile): Downward {
    if (kind === 'binding') return { kind, body: bindingNotice(binding) };
    return { kind, body: { now: this.clock.now(), epoch: binding.epoch, intervalS: product.intervalS } };
  }
}

// Who has a device's scan page open: they are told when its possession window opens.
import { Injectable } from '@nestjs/common';
import { Clock } from '#domain/clock';

/** A page looks again every few seconds; after this long it was closed. */
const lookingMs = 30_000;
const mostDevices = 10_000;

@Injectable()
export class Onlookers {
  private readonly seenAt = new Map<string, Map<string, number>>();

  constructor(private readonly clock: Clock) {}

  note(deviceId: string, accountId: string): void {
    const people = this.seenAt.get(deviceId) ?? new Map<string, number>();
    people.set(accountId, this.clock.now());
    this.seenAt.delete(deviceId);
    this.seenAt.set(deviceId, people);
    const [oldest] = this.seenAt.keys();
    if (this.seenAt.size > mostDevices && oldest !== undefined) this.seenAt.delete(oldest);
  }

  of(deviceId: string): string[] {
    const since = this.clock.now() - lookingMs;
    const people = [...(this.seenAt.get(deviceId) ?? [])];
    return people.filter(([, at]) => at >= since).map(([accountId]) => accountId);
  }
}

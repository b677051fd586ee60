// What stands around the intake in its specs: a feed, a link and channels that remember, and a store with a gate.
import { DeviceLink, type Downward, type Remains } from '#domain/devices';
import { Channels, type LiveEvent, LiveFeed, type Receipt } from '#domain/notices';
import type { BrokerMemory } from './broker-change.js';
import {
  type CommitResult,
  type DeadLetter,
  type DeviceFigures,
  type DeviceFile,
  type InputRow,
  type IntakeBatch,
  IntakeStore,
} from './intake.store.js';

export class RecordedFeed extends LiveFeed {
  readonly all: { readonly accountId: string; readonly event: LiveEvent }[] = [];

  isHeard(): boolean {
    return true;
  }

  publish(accountId: string, event: LiveEvent): void {
    this.all.push({ accountId, event });
  }

  subscribe(): () => void {
    return () => {};
  }

  /** What this person was told, by the name of the event. */
  heardBy(accountId: string, name: LiveEvent['name']): LiveEvent['data'][] {
    return this.all
      .filter(told => told.accountId === accountId && told.event.name === name)
      .map(({ event }) => event.data);
  }
}

export class RecordedLink extends DeviceLink {
  readonly told: { readonly deviceId: string; readonly message: Downward }[] = [];
  readonly forgotten: Remains[] = [];

  tell(deviceId: string, message: Downward): boolean {
    this.told.push({ deviceId, message });
    return true;
  }

  forget(remains: Remains): void {
    this.forgotten.push(remains);
  }

  isConnected(): boolean {
    return true;
  }

  disconnect(): void {}

  connections(): number {
    return 0;
  }
}

export class NoChannels extends Channels {
  async deliver(): Promise<Receipt> {
    return { outcome: 'accepted', detail: 'said into the void' };
  }

  offers(): readonly never[] {
    return [];
  }
}

/** Nobody takes anything yet. */
export class BusyChannels extends NoChannels {
  override async deliver(): Promise<Receipt> {
    return { outcome: 'retry', detail: 'busy' };
  }
}

/** A real store whose commits can be held up, refused or preceded by somebody else's write. */
export class GatedStore extends IntakeStore {
  readonly committed: IntakeBatch[] = [];
  /** Runs before each commit; what it throws is the store's failure. */
  gate: (batch: IntakeBatch) => Promise<void> = async () => {};

  constructor(private readonly inner: IntakeStore) {
    super();
  }

  async commit(batch: IntakeBatch): Promise<CommitResult> {
    await this.gate(batch);
    const result = await this.inner.commit(batch);
    if (result.ok) this.committed.push(batch);
    return result;
  }

  load(deviceIds: readonly string[]): Promise<DeviceFile[]> {
    return this.inner.load(deviceIds);
  }

  past(deviceId: string, limit: number): Promise<InputRow[]> {
    return this.inner.past(deviceId, limit);
  }

  watched(): Promise<string[]> {
    return this.inner.watched();
  }

  inHome(homeId: string): Promise<string[]> {
    return this.inner.inHome(homeId);
  }

  figuresOf(deviceId: string): Promise<DeviceFigures[]> {
    return this.inner.figuresOf(deviceId);
  }

  childrenOf(deviceId: string): Promise<string[]> {
    return this.inner.childrenOf(deviceId);
  }

  deadLetters(limit: number): Promise<DeadLetter[]> {
    return this.inner.deadLetters(limit);
  }

  brokerMemory(): Promise<BrokerMemory> {
    return this.inner.brokerMemory();
  }

  isHealthy(): Promise<boolean> {
    return this.inner.isHealthy();
  }
}

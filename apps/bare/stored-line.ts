// The intake's promise without its decisions: what arrives while a commit runs is one transaction, and then answered.
import { Injectable } from '@nestjs/common';
import type { Packet } from '#adapters/broker';
import { Clock } from '#domain/clock';
import {
  type BrokerChange,
  type BrokerMemory,
  batchOf,
  type InputRow,
  type IntakeBatch,
  IntakeStore,
  SessionJournal,
} from '#domain/intake';

const mostInBatch = 2_000;

interface Said {
  readonly clientId: string;
  readonly packet: Packet;
  readonly at: number;
}

interface Waiting {
  /** Nobody said anything where the broker's own memory changes. */
  readonly said: readonly Said[];
  readonly changes: readonly BrokerChange[];
  readonly resolve: () => void;
  readonly reject: (fault: unknown) => void;
}

@Injectable()
export class StoredLine extends SessionJournal {
  private waiting: Waiting[] = [];
  private working: Promise<void> | null = null;

  constructor(
    private readonly store: IntakeStore,
    private readonly clock: Clock,
  ) {
    super();
  }

  /** Joins synchronously; resolves in the order of joining, when the message is durable. */
  join(clientId: string, packet: Packet, changes: readonly BrokerChange[]): Promise<void> {
    return this.take([{ clientId, packet, at: this.clock.now() }], changes);
  }

  keep(changes: readonly BrokerChange[]): Promise<void> {
    return this.take([], changes);
  }

  load(): Promise<BrokerMemory> {
    return this.store.brokerMemory();
  }

  private take(said: readonly Said[], changes: readonly BrokerChange[]): Promise<void> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ said, changes, resolve, reject });
      this.working ??= this.work();
    });
  }

  private async work(): Promise<void> {
    await new Promise(setImmediate);
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0, mostInBatch);
      try {
        await this.store.commit(rowsOf(batch));
        for (const { resolve } of batch) resolve();
      } catch (fault) {
        for (const { reject } of batch) reject(fault);
      }
    }
    this.working = null;
  }
}

function rowsOf(batch: readonly Waiting[]): IntakeBatch {
  return batchOf({
    inputs: batch.flatMap(({ said }) => said.map(rowOf)),
    broker: batch.flatMap(({ changes }) => changes),
  });
}

/** No device of ours said it, so it has no stamp and means nothing. */
function rowOf({ clientId, packet, at }: Said): InputRow {
  const { topic, payload, qos } = packet;
  const body = { topic, qos, payload: Buffer.from(payload).toString('base64') };
  return {
    deviceId: clientId,
    epoch: 0,
    kind: 'telemetry',
    boot: null,
    seq: null,
    at,
    clock: 'gateway',
    receivedAt: at,
    body,
  };
}

// The intake's promise without its decisions: what arrives while a commit runs is one transaction, and then answered.
import { Injectable } from '@nestjs/common';
import type { Packet } from '#adapters/broker';
import { Clock } from '#domain/clock';
import { type InputRow, type IntakeBatch, IntakeStore } from '#domain/intake';

const mostInBatch = 2_000;

interface Waiting {
  readonly clientId: string;
  readonly packet: Packet;
  readonly at: number;
  readonly resolve: () => void;
  readonly reject: (fault: unknown) => void;
}

@Injectable()
export class StoredLine {
  private waiting: Waiting[] = [];
  private working: Promise<void> | null = null;

  constructor(
    private readonly store: IntakeStore,
    private readonly clock: Clock,
  ) {}

  /** Joins synchronously; resolves in the order of joining, when the message is durable. */
  join(clientId: string, packet: Packet): Promise<void> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ clientId, packet, at: this.clock.now(), resolve, reject });
      this.working ??= this.work();
    });
  }

  private async work(): Promise<void> {
    await new Promise(setImmediate);
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0, mostInBatch);
      try {
        await this.store.commit(batchOf(batch));
        for (const { resolve } of batch) resolve();
      } catch (fault) {
        for (const { reject } of batch) reject(fault);
      }
    }
    this.working = null;
  }
}

function batchOf(batch: readonly Waiting[]): IntakeBatch {
  return {
    inputs: batch.map(rowOf),
    deadLetters: [],
    deviceStates: [],
    ruleMemories: [],
    alarms: [],
    notices: [],
    deliveries: [],
    bindings: [],
    modes: [],
    retained: batch.flatMap(({ packet }) => (packet.retain ? retainedOf(packet) : [])),
  };
}

/** No device of ours said it, so it has no stamp and means nothing. */
function rowOf({ clientId, packet, at }: Waiting): InputRow {
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

/** An empty payload takes away what was retained (MQTT-3.3.1-10). */
function retainedOf({ topic, payload }: Packet): IntakeBatch['retained'] {
  return [{ topic, payload: payload.length === 0 ? null : payload }];
}

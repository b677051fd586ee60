// The gateway's broker alone, on a store that goes away with it unless told: for conformance suites and comparisons.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DynamicModule, Global, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Broker, BrokerModule, BrokerPolicy } from '#adapters/broker';
import { StorageModule } from '#adapters/storage';
import { Clock, SystemClock } from '#domain/clock';
import { SessionJournal } from '#domain/intake';
import { OpenPolicy } from './open-policy.js';
import { StoredLine } from './stored-line.js';

/** The only address that it listens on: whoever reaches it may do anything. */
export const bareHost = '127.0.0.1';

/** A suite speaks as fast as it can, about as much as it likes; what a packet may look like stays as it is. */
const limits = {
  messagesPerS: 1_000_000,
  burst: 1_000_000,
  topicLevels: 1_000,
  topicBytes: 65_535,
  filtersPerPacket: 10_000,
  queuedPerClient: 100_000,
  packetsPerS: 1_000_000,
};

export interface BareBroker {
  readonly port: number;
  /** Answers what is being stored, closes, and removes a store of its own. */
  close(): Promise<void>;
}

@Global()
@Module({
  providers: [
    { provide: Clock, useClass: SystemClock },
    StoredLine,
    OpenPolicy,
    { provide: BrokerPolicy, useExisting: OpenPolicy },
    { provide: SessionJournal, useExisting: StoredLine },
  ],
  exports: [BrokerPolicy, Clock, SessionJournal],
})
class OpenModule {}

/**
 * @param port 0 takes a free one. @throws DomainError `port-busy`.
 * @param store a folder that exists and stays, so that the next start finds what this one kept
 */
export async function startBareBroker(port: number, store?: string): Promise<BareBroker> {
  const folder = store ?? (await mkdtemp(join(tmpdir(), 'airbind-bare-')));
  const removed = async () => {
    if (store === undefined) await rm(folder, { recursive: true, force: true });
  };
  try {
    const app = await NestFactory.createApplicationContext(bareModule(port, folder), { abortOnError: false });
    const close = async () => {
      await app.get(Broker).stop();
      await app.close();
      await removed();
    };
    try {
      return { port: (await app.get(Broker).listen()).port, close };
    } catch (error) {
      await close();
      throw error;
    }
  } catch (error) {
    await removed();
    throw error;
  }
}

function bareModule(port: number, folder: string): DynamicModule {
  return {
    module: class BareModule {},
    imports: [
      StorageModule.forRoot({
        url: `sqlite:${join(folder, 'bare.db')}`,
        snapshotDir: join(folder, 'snapshots'),
      }),
      OpenModule,
      BrokerModule.forRoot({ port, host: bareHost, limits }),
    ],
  };
}

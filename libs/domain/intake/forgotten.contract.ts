// A change of owner and what the broker keeps of the device: it goes in the transaction that changes the owner.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import type { Stores } from '#adapters/storage';
import { topicOf } from '#codecs/wire';
import { remainsOf } from '#domain/devices';
import type { BrokerChange } from './broker-change.js';
import { device, stage, stageADevice, stores } from './set-stage.fixture.js';
import { start } from './stage.contract.js';

const payload = new Uint8Array([1]);

export function forgottenWithTheOwner(open: () => Promise<Stores>): void {
  // Bound, which is a change of owner too: the link has been told once.
  stageADevice(open);

  const status = () => topicOf(device.id, 'status');
  const retain = (): BrokerChange => ({ kind: 'retain', topic: status(), payload, qos: 1 });
  const isRetained = async () => {
    const { retained } = await stores.intake.brokerMemory();
    return retained.some(({ topic }) => topic === status());
  };

  /** A status that is to be retained, as the broker hands it over. */
  const speak = () =>
    stage.intake.receive({
      deviceId: device.id,
      message: { kind: 'status', body: { boot: 1, online: true } },
      receivedAt: stage.clock.now(),
      changes: [retain()],
    });

  it('goes when the device is reset, with what was said right before it in the same batch', async () => {
    await Promise.all([speak(), stage.event(device, 'reset')]);
    expect(await isRetained()).toBe(false);
    expect(stage.process.link.forgotten.slice(1)).toEqual([remainsOf(device)]);
  });

  it('goes with a release, before anybody is told', async () => {
    await speak();
    const { link, bindings } = stage.process;
    await bindings.release(device.id, stage.owner);
    expect(await isRetained()).toBe(false);
    expect(link.forgotten.slice(1)).toEqual([remainsOf(device)]);
  });

  it('goes in the transaction of the change, though the process ends right after it', async () => {
    await speak();
    const { store, bindings } = stage.process;
    const changes = () => store.committed.filter(batch => batch.bindings.length > 0).length;
    const before = changes();
    const changed = bindings.release(device.id, stage.owner);
    await until(() => changes() > before);
    store.gate = () => new Promise(() => {});
    expect(await isRetained()).toBe(false);
    await changed;
  });

  it('goes though it was said while the change was under way, and is not kept for the next owner', async () => {
    const { store, bindings } = stage.process;
    let released: Promise<void> | undefined;
    store.gate = async () => {
      released ??= bindings.release(device.id, stage.owner);
    };
    await speak();
    await released;
    expect(await isRetained()).toBe(false);
  });

  it('is what waits for it too, at its hub as well, and nothing that is somebody else’s', async () => {
    const hub = await stage.device();
    const child = await stage.device(undefined, hub.id);
    await stage.bind(child);
    const commands = (id: string) => topicOf(id, 'command');
    const telemetry = topicOf(child.id, 'telemetry');
    await stage.intake.keep([
      ...[hub.id, child.id, 'app:log'].map(
        clientId => ({ kind: 'keep-session', clientId, seenAt: start, sentThrough: 0 }) as const,
      ),
      queued(hub.id, 1, commands(child.id)),
      queued(hub.id, 2, commands(hub.id)),
      queued(child.id, 1, commands(child.id)),
      queued('app:log', 1, telemetry),
    ]);
    await stage.process.bindings.release(child.id, stage.owner);
    const { sessions } = await stores.intake.brokerMemory();
    const waiting = sessions
      .filter(({ clientId }) => [hub.id, child.id, 'app:log'].includes(clientId))
      .flatMap(({ queued: copies }) => copies)
      .map(({ clientId, topic }) => `${clientId} ${topic}`);
    expect(waiting.sort()).toEqual([`app:log ${telemetry}`, `${hub.id} ${commands(hub.id)}`].sort());
  });

  it('stays when it was said in the new owner’s time', async () => {
    await stage.process.bindings.release(device.id, stage.owner);
    await speak();
    expect(await isRetained()).toBe(true);
  });
}

function queued(clientId: string, packetId: number, topic: string): BrokerChange {
  const copy = { clientId, packetId, topic, payload, retain: false } as const;
  return { kind: 'queue', ...copy, qos: 1, place: packetId, state: 'waiting' };
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await nextTurn();
}

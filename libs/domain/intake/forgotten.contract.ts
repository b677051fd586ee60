// A change of owner and what the broker keeps of the device: it goes in the transaction that changes the owner.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import type { Stores } from '#adapters/storage';
import { topicOf } from '#codecs/wire';
import { remainsOf } from '#domain/devices';
import { someone } from '../../adapters/storage/contracts/samples.contract.js';
import type { BrokerChange } from './broker-change.js';
import { device, stage, stageADevice, stores } from './set-stage.fixture.js';

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

  it('goes though the process ends right after the change', async () => {
    await speak();
    const binding = await stores.bindings.byDevice(device.id);
    if (binding === null) throw new Error('no such device');
    const { account } = await someone(stores, 'Bo');
    const next = { ...binding, ownerId: account.id, epoch: binding.epoch + 1, version: binding.version + 1 };
    await stores.bindings.compareAndSet({ next, ledger: [] });
    expect(await isRetained()).toBe(false);
  });

  it('goes too when it was decided before the change and written after it', async () => {
    const { store, bindings } = stage.process;
    const epochNow = async () => (await stores.bindings.byDevice(device.id))?.epoch;
    const before = await epochNow();
    let released: Promise<void> | undefined;
    store.gate = async () => {
      released ??= bindings.release(device.id, stage.owner);
      while ((await epochNow()) === before) await nextTurn();
    };
    await speak();
    await released;
    expect(await isRetained()).toBe(false);
  });

  it('stays when it was said in the new owner’s time', async () => {
    await stage.process.bindings.release(device.id, stage.owner);
    await speak();
    expect(await isRetained()).toBe(true);
  });
}

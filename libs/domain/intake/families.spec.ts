// Devices behind a hub: while it is silent, nobody is told of theirs; those of life safety are told always.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Stores } from '#adapters/storage';
import { type Product, productSchema } from '#codecs/api';
import type { Device } from '#domain/devices';
import { openTemporarySqlite } from '../../adapters/storage/contracts/temporary-stores.contract.js';
import { detector, minute, Stage, second } from './stage.contract.js';

const productOf = (id: string, safetyClass: 'L' | 'S' | 'T', intervalS: number) =>
  productSchema.parse({
    ...detector,
    id,
    safetyClass,
    intervalS,
    rules: [{ id: 'silent', kind: 'silence' }],
  });
const hubProduct = productOf('hub', 'T', 60);
const contact = productOf('contact', 'S', 60);
const smoke = productOf('smoke-detector', 'L', 60);

describe('devices behind a hub', () => {
  let stores: Stores;
  let stage: Stage;
  let hub: Device;
  let door: Device;
  let detectorOfSmoke: Device;

  beforeAll(async () => {
    stores = await openTemporarySqlite();
    for (const each of [hubProduct, contact, smoke]) await stores.products.put(each);
  });

  afterAll(() => stores.close());

  beforeEach(async () => {
    stage = await Stage.open(stores);
    hub = await bound(hubProduct, null);
    door = await bound(contact, hub.id);
    detectorOfSmoke = await bound(smoke, hub.id);
    for (const device of [hub, door, detectorOfSmoke]) await speak(device);
  });

  async function bound(product: Product, parentId: string | null): Promise<Device> {
    const device = await stage.device(product, parentId);
    await stage.bind(device);
    return device;
  }

  const speak = (device: Device) => stage.say(device, { kind: 'status', body: { online: true, boot: 1 } });
  const wait = async (ms: number) => {
    for (let passed = 0; passed < ms; passed += 10 * second) await stage.wait(Math.min(ms, 10 * second));
  };
  const story = async (device: Device) => {
    const [alarm] = await stage.alarms(device);
    return alarm?.timeline.map(({ what }) => what);
  };
  const toldOf = async (device: Device) =>
    (await stage.notices(stage.owner.id))
      .filter(({ deviceId }) => deviceId === device.id)
      .map(({ step }) => step);

  it('are silent with it, and only the hub and what saves lives are told', async () => {
    await wait(5 * minute);
    expect(await toldOf(hub)).toEqual(['raised']);
    expect(await story(door)).toEqual(['raised', 'suppressed']);
    expect(await toldOf(door)).toEqual([]);
    expect(await toldOf(detectorOfSmoke)).toEqual(['raised']);
    const [alarm] = await stage.alarms(hub);
    expect((await stage.alarms(door))[0]?.timeline[1]?.text).toBe(alarm?.id);
  });

  it('that speak again when the hub is back were never told of', async () => {
    await wait(5 * minute);
    await speak(hub);
    await wait(10 * second);
    await speak(door);
    await wait(5 * second);
    expect(await story(door)).toEqual(['raised', 'suppressed', 'awaited', 'cleared']);
    expect(await toldOf(door)).toEqual([]);
    expect(await toldOf(hub)).toEqual(['raised', 'cleared']);
  });

  it('that stay silent when the hub is back are told once they have had the time to speak', async () => {
    await wait(5 * minute);
    await stage.restart();
    await speak(hub);
    await wait(20 * second);
    await stage.restart();
    for (let passed = 0; passed < 3; passed++) {
      await speak(hub);
      await wait(minute);
    }
    expect(await story(door)).toEqual(['raised', 'suppressed', 'awaited', 'released']);
    expect(await toldOf(door)).toEqual(['raised']);
  });

  it('that fell silent before the hub are repeated no more, and it stands in their story', async () => {
    for (let passed = 0; passed < 4; passed++) {
      await wait(minute);
      await speak(hub);
    }
    expect(await toldOf(door)).toEqual(['raised']);
    await wait(4 * minute);
    expect(await story(door)).toEqual(['raised', 'suppressed']);
    await speak(door);
    expect(await toldOf(door)).toEqual(['raised', 'cleared']);
  });
});

// What is printed for a batch: the code of each device, and its PIN apart from it.
import { describe, expect, it } from '@jest/globals';
import { keys, manufacture, openTheFactory, product, stores, tickets } from './factory.fixture.js';
import { Prints } from './prints.js';

openTheFactory();

describe('what is printed for a batch', () => {
  it('is the code of each device, and its PIN where that is the proof', async () => {
    await stores.products.put({ ...product, bindingPolicy: 'pin' });
    const { batch, devices } = await manufacture.makeBatch(product.id, 230);
    const prints = new Prints(stores.batches, stores.products, tickets, keys);
    const labels = [...(await prints.labels(batch, 0, 200)), ...(await prints.labels(batch, 200, 200))];
    expect(labels.map(({ id, url }) => ({ id, url }))).toEqual(devices.map(({ id, url }) => ({ id, url })));
    expect((await prints.pins(batch, 0, 1000)).map(({ pin }) => pin)).toEqual(devices.map(({ pin }) => pin));
    expect(JSON.stringify(labels)).not.toContain(devices[0]?.pin);
    await stores.products.put({ ...product, bindingPolicy: 'button' });
    await expect(prints.pins(batch, 0, 1)).rejects.toMatchObject({ code: 'invalid-request' });
  });

  it('is another code after a reprint, and the older one is told to be old', async () => {
    const { devices } = await manufacture.makeBatch(product.id, 2);
    const [first, second] = devices;
    if (!first || !second) throw new Error('two devices');
    const fresh = await tickets.reprint(first.id);
    expect(fresh).toMatchObject({ generation: 1 });
    expect(await tickets.find(first.url)).toMatchObject({ device: { id: first.id }, current: false });
    expect(await tickets.find(fresh.url)).toMatchObject({ device: { id: first.id }, current: true });
    expect(await tickets.find(second.url)).toMatchObject({ current: true });
    await expect(tickets.reprint('d0-0')).rejects.toMatchObject({ code: 'not-found' });
  });
});

// A scanned code on a real store: what it shows to whom.
import { describe, expect, it } from '@jest/globals';
import { createKeyRing, issueTicket } from '#codecs/ticket';
import type { Actor } from '#domain/accounts';
import { Tickets } from '#domain/devices';
import { keys, minute, start as now, publicUrl, ring } from './binding-room.fixture.js';
import { bindings, bo, clock, device, lin, room, setTheScene, stores } from './binding-scene.fixture.js';

/** Looks like a code of ours, from a gateway that is not this one. */
const foreignRing = createKeyRing(Buffer.alloc(32, 2), new Date(now));
const forged = issueTicket(foreignRing, { batch: 1, number: 1, generation: 0 });

setTheScene();

const press = () => room.press(device);
const bind = (by: Actor) => room.bind(device, by);

describe('a scanned code', () => {
  it('shows the product and nothing of the device before sign-in, bound or not', async () => {
    const unbound = await bindings.look(device.url, null);
    await bind(lin);
    expect(await bindings.look(device.url, null)).toEqual(unbound);
    expect(unbound).toEqual({ view: 'product', product: await productPage() });
  });

  it('shows how to bind an unbound device, and since when its button counts', async () => {
    expect(await bindings.look(device.url, lin)).toMatchObject({ view: 'unbound', windowUntil: null });
    await press();
    const open = { view: 'unbound', windowUntil: now + 2 * minute };
    expect(await bindings.look(device.url, lin)).toMatchObject(open);
    clock.advance(2 * minute);
    expect(await bindings.look(device.url, lin)).toMatchObject({ view: 'unbound', windowUntil: null });
  });

  it('shows the owner the device, and a stranger only that it has an owner', async () => {
    await bind(lin);
    expect(await bindings.look(device.url, lin)).toMatchObject({ view: 'owner', deviceId: device.id });
    expect(await bindings.look(device.url, bo)).toEqual({
      view: 'stranger',
      asked: false,
      product: await productPage(),
      recoveryDueAt: null,
    });
  });

  it.each(['url', 'lower case', 'spoken', 'bare'])('is read as %s', async form => {
    const { ticket, url } = device;
    const { spoken } = await spokenForm();
    const text = { url, 'lower case': url.toLowerCase(), spoken, bare: ticket }[form] ?? '';
    expect(await bindings.look(text, lin)).toMatchObject({ view: 'unbound' });
  });

  async function spokenForm() {
    const stored = await stores.devices.byId(device.id);
    if (stored === null) throw new Error('no such device');
    return new Tickets(keys, publicUrl, stores.devices).of(stored);
  }

  it.each(['', 'hello', forged, `HTTPS://GW.EXAMPLE/D/${forged}`])(
    'that is not ours is refused without a look into the store: %j',
    async text => {
      const dead = new Proxy(stores.devices, {
        get: () => () => {
          throw new Error('the store was read');
        },
      });
      const tickets = new Tickets(keys, publicUrl, dead);
      expect(await tickets.find(text)).toBeNull();
      await expect(bindings.look(text, lin)).rejects.toMatchObject({ code: 'not-our-code' });
      await expect(bindings.claim(text, lin, { by: 'button' }, '')).rejects.toMatchObject({
        code: 'not-our-code',
      });
    },
  );

  it('of a device that was never made is not ours either', async () => {
    const ticket = issueTicket(ring, { batch: 999_999, number: 1, generation: 0 });
    await expect(bindings.look(ticket, lin)).rejects.toMatchObject({ code: 'not-our-code' });
  });

  it('of another generation says that there is a newer label', async () => {
    const stored = await stores.devices.byId(device.id);
    const { batch = 0, number = 0 } = stored ?? {};
    const reprint = issueTicket(ring, { batch, number, generation: 1 });
    await expect(bindings.look(reprint, lin)).rejects.toMatchObject({ code: 'old-label' });
  });

  it('makes an onlooker of who could bind it, for as long as the page is looked at', async () => {
    await bindings.look(device.url, lin);
    await bindings.look(device.url, null);
    expect(room.onlookers.of(device.id)).toEqual([lin.id]);
    clock.advance(minute);
    expect(room.onlookers.of(device.id)).toEqual([]);
  });
});

/** What of the product is shown to whoever scans. */
async function productPage() {
  const stored = await stores.devices.byId(device.id);
  const product = await stores.products.byId(stored?.productId ?? '');
  if (product === null) throw new Error('no such product');
  const { id, name, icon, page, bindingPolicy } = product;
  return { id, name, icon, page, bindingPolicy };
}

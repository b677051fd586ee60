// Binding on a real store: what a scanned code shows to whom, and who may become and stop being an owner.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Stores } from '#adapters/storage';
import type { MadeDevice, Product } from '#codecs/api';
import { createKeyRing, issueTicket } from '#codecs/ticket';
import { type Account, Attempts } from '#domain/accounts';
import { ManualClock } from '#domain/clock';
import { CredentialExports, Manufacture, Tickets } from '#domain/devices';
import { gasSensor, someone } from '../../adapters/storage/contracts/samples.contract.js';
import { openTemporarySqlite } from '../../adapters/storage/contracts/temporary-stores.contract.js';
import { Bindings } from './bindings.js';
import { Onlookers } from './onlookers.js';
import { RecordedChanges } from './recorded-changes.fixture.js';

const now = 1_763_700_000_000;
const minute = 60_000;
const ring = createKeyRing(Buffer.alloc(32, 1), new Date(now));
const foreignRing = createKeyRing(Buffer.alloc(32, 2), new Date(now));
const keys = { current: () => ring };
const publicUrl = { href: 'https://gw.example', isChosen: true };

/** Looks like a code of ours, from a gateway that is not this one. */
const forged = issueTicket(foreignRing, { batch: 1, number: 1, generation: 0 });

describe('bindings', () => {
  let stores: Stores;
  let clock: ManualClock;
  let changes: RecordedChanges;
  let onlookers: Onlookers;
  let bindings: Bindings;
  let button: Product;
  let device: MadeDevice;
  let lin: Account;
  let bo: Account;

  beforeAll(async () => {
    stores = await openTemporarySqlite();
    button = gasSensor();
    await stores.products.put(button);
  });

  afterAll(() => stores.close());

  beforeEach(async () => {
    clock = new ManualClock(now);
    changes = new RecordedChanges();
    onlookers = new Onlookers(clock);
    const tickets = new Tickets(keys, publicUrl, stores.devices);
    bindings = new Bindings(
      stores.bindings,
      stores.products,
      stores.homes,
      tickets,
      keys,
      new Attempts(clock),
      onlookers,
      changes,
      clock,
    );
    lin = (await someone(stores, 'Lin')).account;
    bo = (await someone(stores, 'Bo')).account;
    device = await made(button);
  });

  async function made(product: Product): Promise<MadeDevice> {
    const tickets = new Tickets(keys, publicUrl, stores.devices);
    const { products, devices: all, batches } = stores;
    const exports = new CredentialExports(products, batches, tickets, keys, clock);
    const manufacture = new Manufacture(products, all, batches, exports, keys, clock);
    const { devices } = await manufacture.makeBatch(product.id, 1);
    const [first] = devices;
    if (first === undefined) throw new Error('no device was made');
    return first;
  }

  async function madeWith(bindingPolicy: Product['bindingPolicy']): Promise<MadeDevice> {
    const product = { ...gasSensor(), bindingPolicy };
    await stores.products.put(product);
    return made(product);
  }

  /** What the intake does when the button of a device is pressed. */
  async function press({ id }: MadeDevice = device): Promise<void> {
    const binding = await stores.bindings.byDevice(id);
    if (binding === null) throw new Error('no such device');
    const windowUntil = clock.now() + 2 * minute;
    const next = { ...binding, state: 'claimable' as const, windowUntil, version: binding.version + 1 };
    await stores.bindings.compareAndSet({ next, ledger: [] });
  }

  const claim = (by: Account) => bindings.claim(device.url, by, { by: 'button' }, '192.0.2.1');

  async function bind(by: Account): Promise<void> {
    await press();
    const { nonce } = await claim(by);
    await bindings.confirm(device.url, by, nonce, 'Kitchen');
  }

  describe('a scanned code', () => {
    it('shows the product and nothing of the device before sign-in, bound or not', async () => {
      const unbound = await bindings.look(device.url, null);
      await bind(lin);
      expect(await bindings.look(device.url, null)).toEqual(unbound);
      expect(unbound).toEqual({ view: 'product', product: productPage(button) });
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
        product: productPage(button),
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
      expect(onlookers.of(device.id)).toEqual([lin.id]);
      clock.advance(minute);
      expect(onlookers.of(device.id)).toEqual([]);
    });
  });

  describe('by the button', () => {
    it('binds in two steps, into the home of the person, in a new epoch', async () => {
      await press();
      const { nonce, expiresAt } = await claim(lin);
      expect(expiresAt).toBe(now + 2 * minute);
      expect(await bindings.confirm(device.url, lin, nonce, 'Kitchen')).toEqual({
        deviceId: device.id,
        epoch: 1,
      });
      const [home] = await stores.homes.ofAccount(lin.id);
      expect(await stores.bindings.byDevice(device.id)).toMatchObject({
        state: 'bound',
        ownerId: lin.id,
        homeId: home?.id,
        name: 'Kitchen',
      });
    });

    it('keeps of the nonce only its hash', async () => {
      await press();
      const { nonce } = await claim(lin);
      expect(JSON.stringify(await stores.bindings.byDevice(device.id))).not.toContain(nonce);
    });

    it('gives the same answer when it is confirmed twice, and tells of it once', async () => {
      await press();
      const { nonce } = await claim(lin);
      const first = await bindings.confirm(device.url, lin, nonce);
      expect(await bindings.confirm(device.url, lin, nonce)).toEqual(first);
      expect(changes.all.filter(({ next }) => next.state === 'bound')).toHaveLength(1);
    });

    it('is refused without the button', async () => {
      await expect(claim(lin)).rejects.toMatchObject({ code: 'possession-not-shown' });
    });

    it('is refused with the proof of another policy', async () => {
      await press();
      for (const proof of [{ by: 'none' }, { by: 'pin', pin: '123456' }] as const) {
        await expect(bindings.claim(device.url, lin, proof, '')).rejects.toMatchObject({
          code: 'possession-not-shown',
        });
      }
    });

    it('is lost when the claim has expired', async () => {
      await press();
      const { nonce } = await claim(lin);
      clock.advance(2 * minute);
      await expect(bindings.confirm(device.url, lin, nonce)).rejects.toMatchObject({
        code: 'claim-expired',
      });
      expect(await stores.bindings.byDevice(device.id)).toMatchObject({ ownerId: null, epoch: 0 });
    });

    it("is refused with another person's nonce", async () => {
      await press();
      const { nonce } = await claim(lin);
      await expect(bindings.confirm(device.url, bo, nonce)).rejects.toMatchObject({
        code: 'claim-expired',
      });
      await expect(bindings.confirm(device.url, lin, 'guessed')).rejects.toMatchObject({
        code: 'claim-expired',
      });
    });

    it('gives one of 200 people who claim at once the device, and tells the others nothing', async () => {
      await press();
      const crowd = await Promise.all(
        Array.from({ length: 20 }, async () => (await someone(stores)).account),
      );
      const tries = await Promise.allSettled(
        Array.from({ length: 200 }, (_, i) => claim(crowd[i % crowd.length] ?? lin)),
      );
      const winners = new Set(tries.flatMap((tried, i) => (tried.status === 'fulfilled' ? [i % 20] : [])));
      expect(winners.size).toBe(1);
      for (const tried of tries) {
        if (tried.status === 'rejected') expect(tried.reason).toMatchObject({ code: 'claim-lost' });
      }
      const nonces = tries.flatMap((tried, i) =>
        tried.status === 'fulfilled' ? [{ by: crowd[i % 20] ?? lin, nonce: tried.value.nonce }] : [],
      );
      const confirmed = await Promise.allSettled(
        nonces.map(({ by, nonce }) => bindings.confirm(device.url, by, nonce)),
      );
      expect(confirmed.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThan(0);
      expect(await stores.bindings.byDevice(device.id)).toMatchObject({ state: 'bound', epoch: 1 });
      const rows = await stores.bindings.ledger(device.id, 1000);
      expect(rows.filter(({ what }) => what === 'bound')).toHaveLength(1);
    });
  });

  describe('by the PIN from the box', () => {
    let boxed: MadeDevice;
    const tryPin = (by: Account, pin: string, from = '192.0.2.7') =>
      bindings.claim(boxed.url, by, { by: 'pin', pin }, from);

    beforeEach(async () => {
      boxed = await madeWith('pin');
    });

    it('binds with the right PIN, without an action at the device', async () => {
      const { nonce } = await tryPin(lin, boxed.pin ?? '');
      expect(await bindings.confirm(boxed.url, lin, nonce)).toEqual({ deviceId: boxed.id, epoch: 1 });
      const [bound] = await stores.bindings.ledger(boxed.id, 10);
      expect(bound).toMatchObject({ what: 'bound', proof: 'pin', accountId: lin.id });
    });

    it('refuses a wrong one, changes nothing, and writes it down', async () => {
      const before = await stores.bindings.byDevice(boxed.id);
      await expect(tryPin(lin, '00000000')).rejects.toMatchObject({ code: 'possession-refused' });
      expect(await stores.bindings.byDevice(boxed.id)).toEqual(before);
      expect(await stores.bindings.ledger(boxed.id, 10)).toMatchObject([
        { what: 'proof-refused', accountId: lin.id, proof: 'pin' },
      ]);
    });

    it('lets nobody try on: the wait grows with each wrong one, whoever tries from wherever', async () => {
      for (let wrong = 0; wrong < 5; wrong++) {
        await expect(tryPin(lin, '00000000')).rejects.toMatchObject({ code: 'possession-refused' });
      }
      const waits: number[] = [];
      for (let wrong = 0; wrong < 4; wrong++) {
        const refusal = await tryPin(bo, boxed.pin ?? '', `192.0.2.${wrong}`).catch(error => error);
        expect(refusal).toMatchObject({ code: 'too-many-attempts' });
        waits.push(refusal.details.retryAfterS);
        clock.advance(refusal.details.retryAfterS * 1000);
        await expect(tryPin(lin, '00000000')).rejects.toMatchObject({ code: 'possession-refused' });
      }
      expect(waits).toEqual([1, 2, 4, 8]);
    });
  });

  describe('an owner', () => {
    beforeEach(() => bind(lin));

    it('cannot be overtaken: a window or a claim of somebody else means nothing', async () => {
      await expect(claim(bo)).rejects.toMatchObject({ code: 'already-bound' });
    });

    it('renames and releases what is theirs, and everybody concerned is told with both sides', async () => {
      await bindings.rename(device.id, lin, 'Bath');
      expect(await stores.bindings.byDevice(device.id)).toMatchObject({ name: 'Bath', epoch: 1 });
      await bindings.release(device.id, lin);
      expect(changes.all.at(-1)).toMatchObject({
        before: { ownerId: lin.id, epoch: 1 },
        next: { ownerId: null, epoch: 2, state: 'released', name: null, homeId: null },
      });
    });

    it.each(['release', 'rename', 'ledger', 'requireRight'] as const)(
      'alone may %s; for others there is no such device',
      async call => {
        const tries = {
          release: (id: string) => bindings.release(id, bo),
          rename: (id: string) => bindings.rename(id, bo, 'Mine'),
          ledger: (id: string) => bindings.ledger(id, bo),
          requireRight: (id: string) => bindings.requireRight(id, bo),
        };
        for (const id of [device.id, 'no-such-device']) {
          await expect(tries[call](id)).rejects.toMatchObject({ code: 'not-found' });
        }
        expect(await stores.bindings.byDevice(device.id)).toMatchObject({ ownerId: lin.id });
      },
    );

    it('may be looked at by an operator, who does not become one', async () => {
      const { account: operator } = await someone(stores, 'Op', { role: 'operator' });
      expect(await bindings.requireRight(device.id, operator)).toMatchObject({ ownerId: lin.id });
      await expect(bindings.release(device.id, operator)).rejects.toMatchObject({ code: 'not-found' });
    });

    it('reads how it came to be theirs, without the names of others', async () => {
      await bindings.release(device.id, lin);
      await bind(bo);
      const rows = await bindings.ledger(device.id, bo);
      expect(rows.map(({ what, by, epoch, proof }) => [what, by, epoch, proof])).toEqual([
        ['bound', 'you', 3, 'button'],
        ['claimed', 'you', 2, 'button'],
        ['released', 'somebody', 2, null],
        ['bound', 'somebody', 1, 'button'],
        ['claimed', 'somebody', 0, 'button'],
      ]);
    });
  });
});

function productPage({ id, name, icon, page, bindingPolicy }: Product) {
  return { id, name, icon, page, bindingPolicy };
}

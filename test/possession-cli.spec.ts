// Whose a device is, changed by the commands of `airbind` against a real gateway, with devices and people who are there.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type LedgerEntryView, ledgerEntrySchema, type MadeDevice } from '#codecs/api';
import { starterProducts } from '#domain/devices';
import { type Outcome, typed } from '../apps/cli/typed.fixture.js';
import { until } from './condition.js';
import { Household } from './household.js';
import type { Person } from './person.js';
import { PlainDevice } from './plain-device.js';

let house: Household;
let lin: Person;
let bo: Person;

beforeAll(async () => {
  house = await Household.open();
  const [gas] = starterProducts;
  if (!gas) throw new Error('no product to begin with');
  for (const bindingPolicy of ['provisioned', 'pin'] as const) {
    const product = { ...gas, id: bindingPolicy, bindingPolicy, rules: [] };
    await house.operator.call('putProduct', { params: { productId: product.id }, body: product });
  }
  [lin, bo] = [await house.person('Lin'), await house.person('Bo')];
});
afterAll(() => house.close());

type Hand = Pick<Person, 'token'>;

const airbind = ({ token = '' }: Hand, ...words: string[]): Promise<Outcome> =>
  typed(words, { environment: { AIRBIND_URL: house.gateway.url, AIRBIND_TOKEN: token } });

/** What it prints when all is well. */
async function said(by: Hand, ...words: string[]): Promise<string> {
  const { status, out, err } = await airbind(by, ...words);
  expect({ words, status, err }).toEqual({ words, status: 0, err: '' });
  return out;
}

/** The sentence and the status that it ends with when it is refused. */
async function refused(by: Hand, ...words: string[]): Promise<[number, string]> {
  const { status, out, err } = await airbind(by, ...words);
  expect({ words, out }).toEqual({ words, out: '' });
  return [status, err];
}

/** All that they find in the app, in words. */
const toldTo = async (person: Person) => JSON.stringify(await person.call('notices'));

const ledgerOf = async (by: Hand, id: string): Promise<LedgerEntryView[]> =>
  ledgerEntrySchema.array().parse(JSON.parse(await said(by, 'devices', 'ledger', id, '--json')));

describe('a device with a button', () => {
  let made: MadeDevice;
  let device: PlainDevice;

  beforeEach(async () => {
    made = await house.make('gas-sensor');
    device = await PlainDevice.connect(made, house.gateway.mqttPort);
  });
  afterEach(() => device.cut());

  async function bound(by = lin): Promise<void> {
    await device.event('button');
    expect(await said(by, 'tickets', 'bind', made.ticket, '--name', 'Kitchen')).toBe(
      `${made.id} is yours.\n`,
    );
  }

  it('is bound once its button was pressed, by one person, and tells everybody else that it has an owner', async () => {
    expect(await refused(lin, 'tickets', 'bind', made.ticket)).toEqual([
      77,
      expect.stringContaining('in your hands'),
    ]);
    await bound();
    expect(await said(lin, 'devices', 'show', made.id)).toContain('Kitchen');
    expect(await refused(bo, 'tickets', 'bind', made.ticket)).toEqual([77, expect.stringContaining('owner')]);
    expect(await refused(bo, 'devices', 'release', made.id, '--yes')).toEqual([65, expect.any(String)]);
    expect((await ledgerOf(lin, made.id)).map(({ what, by }) => `${what} ${by}`)).toEqual([
      'bound you',
      'claimed you',
      'window-opened device',
    ]);
  });

  it('that is locked is given to nobody, by its owner, by who holds it or at the device, until it is unlocked', async () => {
    await bound();
    expect(await refused(bo, 'devices', 'lock', made.id)).toEqual([65, expect.any(String)]);
    expect(await said(lin, 'devices', 'lock', made.id)).toContain(`airbind devices unlock ${made.id}`);
    await device.event('reset');
    for (const words of [
      ['devices', 'release', made.id, '--yes'],
      ['devices', 'transfer', made.id],
    ])
      expect(await refused(lin, ...words)).toEqual([77, expect.stringContaining('locked')]);
    expect(await refused(bo, 'tickets', 'bind', made.ticket)).toEqual([
      77,
      expect.stringContaining('locked'),
    ]);
    await bo.call('reportFound', { params: { ticket: made.ticket }, body: { message: 'At the gate.' } });
    expect(await toldTo(lin)).toContain('At the gate.');
    expect(await said(lin, 'devices', 'unlock', made.id)).toBe(`${made.id} is unlocked.\n`);
    await said(lin, 'devices', 'release', made.id, '--yes');
    expect(await refused(lin, 'devices', 'show', made.id)).toEqual([65, expect.any(String)]);
  });

  it('is handed over by the link that is printed, unless it was withdrawn', async () => {
    await bound();
    const offered = async () => {
      const out = await said(lin, 'devices', 'transfer', made.id);
      return (
        out
          .match(/^Link +(\S+)$/m)?.[1]
          ?.split('/')
          .at(-1) ?? ''
      );
    };
    const first = await offered();
    expect(await said(lin, 'devices', 'transfer', made.id, '--withdraw')).toContain('no longer');
    expect((await bo.raw('acceptTransfer', { body: { token: first } })).ok).toBe(false);
    await bo.call('acceptTransfer', { body: { token: await offered(), name: 'Cellar' } });
    expect(await said(bo, 'devices', 'list')).toContain('Cellar');
    expect(await said(lin, 'devices', 'list')).not.toContain(made.id);
    expect(await toldTo(lin)).toContain('Kitchen: handed over');
  });

  it('whose owner is asked to let somebody have it stays theirs when they object', async () => {
    await bound();
    await device.event('button');
    await bo.call('askRecovery', { params: { ticket: made.ticket }, body: { proof: { by: 'button' } } });
    expect(await refused(bo, 'devices', 'veto', made.id)).toEqual([65, expect.any(String)]);
    expect(await said(lin, 'devices', 'veto', made.id)).toBe(`${made.id} stays yours.\n`);
    expect(await toldTo(bo)).toContain('its owner objected');
    expect((await ledgerOf(lin, made.id))[0]).toMatchObject({ what: 'recovery-vetoed', by: 'you' });
  });

  it('is taken from its owner by an operator with a reason, and then out of use for good', async () => {
    await bound();
    const { operator } = house;
    const forced = ['devices', 'release', made.id, '--yes', '--reason', 'Returned to the shop'];
    expect(await refused(bo, ...forced)).toEqual([expect.any(Number), expect.any(String)]);
    expect(await refused(operator, 'devices', 'retire', made.id, '--reason', 'burnt', '--yes')).toEqual([
      77,
      expect.stringContaining('owner'),
    ]);
    expect(await said(operator, ...forced)).toContain('is told why');
    expect(await toldTo(lin)).toContain('Returned to the shop');
    expect(await said(operator, 'devices', 'retire', made.id, '--reason', 'burnt', '--yes')).toContain(
      'is retired',
    );
    expect(await refused(lin, 'tickets', 'show', made.ticket)).toEqual([65, expect.any(String)]);
    const [retired, released] = await ledgerOf(operator, made.id);
    expect([retired, released]).toMatchObject([
      { what: 'retired', reason: 'burnt', by: 'you' },
      { what: 'force-released', reason: 'Returned to the shop', by: 'you' },
    ]);
  });
});

describe('by other proofs than the button', () => {
  it('a PIN binds, and a wrong one leaves nothing but a line in the ledger', async () => {
    const made = await house.make('pin');
    expect(await refused(lin, 'tickets', 'bind', made.ticket, '--pin', '00000000')).toEqual([
      77,
      expect.any(String),
    ]);
    expect(await said(lin, 'tickets', 'bind', made.ticket, '--pin', made.pin ?? '')).toContain('is yours');
    const whats = (await ledgerOf(lin, made.id)).map(({ what }) => what);
    expect(whats).toEqual(['bound', 'claimed', 'proof-refused']);
  });

  it('the nonce that the device was handed binds once the device has published it', async () => {
    const made = await house.make('provisioned');
    const nonce = 'ab'.repeat(16);
    const words = ['tickets', 'bind', made.ticket, '--nonce', nonce];
    expect(await refused(lin, ...words)).toEqual([77, expect.any(String)]);
    const device = await PlainDevice.connect(made, house.gateway.mqttPort);
    await device.say('event', JSON.stringify({ boot: 1, seq: 1, event: 'provisioned', nonce }));
    await until('it is bound', async () => (await airbind(lin, ...words)).status === 0);
    expect((await ledgerOf(lin, made.id))[0]).toMatchObject({ what: 'bound', proof: 'provisioned' });
    await device.cut();
  });
});

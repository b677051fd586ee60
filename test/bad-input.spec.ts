// What wrong input does: it is named, kept or refused calmly, and it hurts nobody else.

import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { MadeDevice } from '#codecs/api';
import { createKeyRing, issueTicket } from '#codecs/ticket';
import { topicOf } from '#codecs/wire';
import { TestCaller } from '../apps/gateway/gateway.fixture.js';
import { until } from './condition.js';
import { gatewayEntry, onFreePorts } from './gateway-process.js';
import { Household } from './household.js';
import { type Person, refusalOf } from './person.js';
import { PlainDevice } from './plain-device.js';
import { build, Program } from './program.js';

describe('devices that send what is wrong', () => {
  let household: Household;
  let owner: Person;
  let made: MadeDevice;
  let device: PlainDevice;
  let neighbour: PlainDevice;
  let neighbourId: string;

  beforeAll(async () => {
    household = await Household.open();
    owner = await household.person('Lan');
    made = await household.make('door-contact');
    const other = await household.make('door-contact');
    neighbourId = other.id;
    for (const { ticket, pin = '' } of [made, other]) await owner.bind(ticket, { by: 'pin', pin });
    device = await PlainDevice.connect(made, household.gateway.mqttPort);
    neighbour = await PlainDevice.connect(other, household.gateway.mqttPort);
  });

  afterAll(async () => {
    await Promise.all([device, neighbour].map(each => each.cut()));
    await household.close();
  });

  const latestOf = async (deviceId: string) =>
    (await owner.call('device', { params: { deviceId } })).latest?.values;

  const wrong: readonly (readonly [what: string, payload: string | Uint8Array])[] = [
    ['is not JSON', 'battery: 90'],
    ['is not UTF-8', Uint8Array.of(0x7b, 0xff, 0xfe, 0x7d)],
    ['is empty', ''],
    ['is an array', '[]'],
    ['has no reading', JSON.stringify({ boot: 1, seq: 900, values: {} })],
    [
      'has a text for a number',
      JSON.stringify({ boot: 1, seq: 901, values: { 'battery.percent': 'full-of-secrets' } }),
    ],
    ['has a negative boot', JSON.stringify({ boot: -1, seq: 902, values: { 'battery.percent': 1 } })],
    ['reaches for the prototype', '{"boot":1,"seq":903,"values":{"__proto__":1}}'],
    ['is nested without end', '['.repeat(10_000)],
    ['is too long', JSON.stringify({ boot: 1, seq: 904, values: {}, padding: 'x'.repeat(100_000) })],
  ];

  it.each(wrong)('acknowledges once, keeps and answers a message that %s', async (_, payload) => {
    const { deadLetters: before } = await household.operator.call('status');
    const { acknowledged, heard } = device;
    const toldBefore = heard.length;

    await Promise.all([device.say('telemetry', payload), neighbour.report({ 'battery.percent': 71 })]);
    await device.report({ 'battery.percent': 64 });

    expect(device.acknowledged - acknowledged).toBe(2);
    expect(device.connected).toBe(true);
    await until('the device is told why', () => heard.length > toldBefore);
    expect(heard.slice(toldBefore)).toEqual([
      {
        kind: 'reply',
        body: expect.objectContaining({
          about: 'telemetry',
          error: {
            code: expect.stringMatching(/^(malformed|too-large)$/),
            detail: expect.stringMatching(/./),
          },
        }),
      },
    ]);
    const { deadLetters } = await household.operator.call('status');
    expect(deadLetters).toHaveLength(before.length + 1);
    expect(deadLetters[0]).toMatchObject({
      deviceId: made.id,
      kind: 'telemetry',
      reason: expect.stringMatching(/./),
      bytes: Buffer.from(payload as string).length,
    });
    expect(await latestOf(made.id)).toMatchObject({ 'battery.percent': 64 });
    expect(await latestOf(neighbourId)).toMatchObject({ 'battery.percent': 71 });
  });

  it('counts and logs them with the device and the reason, and with nothing of what they held', async () => {
    const { counters } = await household.operator.call('status');
    expect(counters.malformed).toBe(wrong.length);
    const lines = household.gateway.log.filter(line => line.includes('mqtt-malformed'));
    expect(lines).toHaveLength(wrong.length);
    for (const line of lines) {
      expect(JSON.parse(line)).toMatchObject({ deviceId: made.id, detail: expect.stringMatching(/./) });
      expect(line).not.toContain('full-of-secrets');
    }
  });

  it.each([
    ['telemetry of another device', () => topicOf(neighbourId, 'telemetry')],
    ['what only the gateway says', () => topicOf(made.id, 'binding')],
    ['a topic of nobody', () => 'v2/anything'],
  ])('closes the connection of a device that publishes %s', async (_, topic) => {
    await neighbour.report({ 'battery.percent': 55 });
    const intruder = await PlainDevice.connect(
      await household.make('door-contact'),
      household.gateway.mqttPort,
    );
    // Its own message may only be said by its own connection.
    const victim = topic() === topicOf(made.id, 'binding') ? device : intruder;
    await intruder.report({ 'battery.percent': 3 });
    const lost = victim.sayOn(
      topic(),
      JSON.stringify({ boot: 1, seq: 1000, values: { 'battery.percent': 1 } }),
    );
    await Promise.race([victim.closed, lost.then(() => Promise.reject(new Error('it was acknowledged')))]);
    expect(victim.connected).toBe(false);
    expect(neighbour.connected).toBe(true);
    expect(await latestOf(neighbourId)).toMatchObject({ 'battery.percent': 55 });
    await intruder.cut();
    if (victim === device) device = await PlainDevice.connect(made, household.gateway.mqttPort, 2);
  });

  it('lets nobody in with a wrong secret', async () => {
    const entering = PlainDevice.connect({ id: made.id, secret: 'wrong' }, household.gateway.mqttPort);
    await expect(entering).rejects.toThrow(/Not authorized|Bad username/i);
    expect(device.connected).toBe(true);
  });
});

describe('people who try what is not theirs', () => {
  let household: Household;
  let owner: Person;
  let neighbour: Person;
  let nobody: TestCaller;

  beforeAll(async () => {
    household = await Household.open();
    owner = await household.person('Lan');
    neighbour = await household.person('Bao');
    nobody = new TestCaller(household.gateway.url);
  });

  afterAll(() => household.close());

  it('gives one calm answer to every code that is not ours, whoever asks', async () => {
    const { ticket } = await household.make('door-contact');
    const foreign = issueTicket(createKeyRing(new Uint8Array(32).fill(9), new Date()), {
      batch: 1,
      number: 0,
      generation: 0,
    });
    const last = ticket.at(-1) === '0' ? '1' : '0';
    const codes = [
      foreign,
      `${ticket.slice(0, -1)}${last}`,
      ticket.slice(1),
      `${ticket}0`,
      'x',
      '0'.repeat(ticket.length),
    ];
    const answers = [];
    for (const code of codes) {
      const params = { ticket: code };
      answers.push(await refusalOf(nobody.raw('ticket', { params })));
      answers.push(await refusalOf(owner.raw('ticket', { params })));
      answers.push(
        await refusalOf(owner.raw('claim', { params, body: { proof: { by: 'pin', pin: '123456' } } })),
      );
    }
    expect(answers[0]).toMatchObject({ status: 404, code: 'not-our-code' });
    for (const answer of answers) expect(answer).toEqual(answers[0]);
  });

  it("does not say whether a PIN of somebody else's device was right", async () => {
    const { ticket, pin = '' } = await household.make('door-contact');
    await owner.bind(ticket, { by: 'pin', pin });
    const params = { ticket };
    const wrong = pin === '000000' ? '000001' : '000000';
    const answers = await Promise.all(
      [pin, wrong].map(guess =>
        refusalOf(neighbour.raw('claim', { params, body: { proof: { by: 'pin', pin: guess } } })),
      ),
    );
    expect(answers[0]).toMatchObject({ status: 409, code: 'already-bound' });
    expect(answers[1]).toEqual(answers[0]);
    const said = JSON.stringify(answers);
    for (const secret of [owner.accountId, 'Lan', pin]) expect(said).not.toContain(secret);
  });

  it("answers for somebody else's device as for one that does not exist", async () => {
    const { id, ticket, pin = '' } = await household.make('door-contact');
    await owner.bind(ticket, { by: 'pin', pin });
    const tries = (deviceId: string): Promise<Response>[] => {
      const params = { deviceId };
      return [
        neighbour.raw('device', { params }),
        neighbour.raw('changeDevice', { params, body: { name: 'Mine' } }),
        neighbour.raw('release', { params }),
        neighbour.raw('ledger', { params }),
        neighbour.raw('command', { params, body: { name: 'open' } }),
        neighbour.raw('deviceTicket', { params }),
        fetch(`${household.gateway.url}/api/v1/devices/${deviceId}/snapshot`, {
          headers: { authorization: `Bearer ${neighbour.token}` },
        }),
      ];
    };
    const [theirs, unknown] = await Promise.all(
      [id, 'no-such-device'].map(each => Promise.all(tries(each).map(refusalOf))),
    );
    expect(theirs).toEqual(unknown);
    for (const answer of theirs ?? []) expect(answer).toMatchObject({ status: 404, code: 'not-found' });
    expect(await owner.call('devices')).toEqual(expect.arrayContaining([expect.objectContaining({ id })]));
  });

  // Last, for it is the address too that has to wait.
  it('makes wrong PINs wait, and never changes what they were tried on', async () => {
    const { ticket, pin = '' } = await household.make('door-contact');
    const params = { ticket };
    const wrong = pin === '000000' ? '000001' : '000000';
    const codes: string[] = [];
    for (let i = 0; i < 8; i += 1) {
      codes.push(
        (await refusalOf(neighbour.raw('claim', { params, body: { proof: { by: 'pin', pin: wrong } } })))
          .code,
      );
    }
    expect(codes[0]).toBe('possession-refused');
    expect(codes.at(-1)).toBe('too-many-attempts');
    const rightButTooSoon = { params, body: { proof: { by: 'pin', pin } } } as const;
    expect(await refusalOf(neighbour.raw('claim', rightButTooSoon))).toMatchObject({
      status: 429,
      retryAfterS: expect.any(Number),
    });
    expect(await owner.call('ticket', { params })).toMatchObject({ view: 'unbound' });
  });
});

describe('whoever starts the gateway wrongly', () => {
  let folder: string;

  beforeAll(async () => {
    await build();
    folder = await mkdtemp(join(tmpdir(), 'airbind-bad-input-'));
  }, 240_000);

  afterAll(() => rm(folder, { recursive: true }));

  const start = (environment: Record<string, string>) =>
    Program.run([gatewayEntry], { ...onFreePorts(folder), ...environment });

  it('reads all that is wrong in the settings at once, variable by variable', async () => {
    const wrong = {
      HTTP_PORT: 'eighty',
      MQTT_PORT: '99999',
      PUBLIC_URL: 'nowhere',
      LOG_LEVEL: 'loud',
      MQTT_BURST: '-1',
      DATABASE_URL: 'oracle://keeper:opensesame@db',
    };
    const { status, stderr, stdout } = await start(wrong);
    expect(status).toBe(78);
    for (const name of Object.keys(wrong)) expect(stderr).toMatch(new RegExp(`^ *${name} .{5,}$`, 'm'));
    expect(stderr).not.toContain('opensesame');
    expect(stdout).toBe('');
  });

  it.each(['HTTP_PORT', 'MQTT_PORT'])(
    'reads which port is in use and that %s chooses another',
    async variable => {
      const squatter = createServer().listen(0, '127.0.0.1');
      await once(squatter, 'listening');
      const address = squatter.address();
      const port = String(typeof address === 'object' && address?.port);
      const { status, stderr } = await start({ [variable]: port, LOG_LEVEL: 'silent' });
      squatter.close();
      expect(status).toBe(69);
      expect(stderr).toContain(port);
      expect(stderr).toContain(variable);
      expect(stderr).not.toMatch(/\bat .*\.js:\d+/);
    },
  );
});

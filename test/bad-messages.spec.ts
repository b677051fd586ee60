import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { MadeDevice } from '#codecs/api';
import { topicOf } from '#codecs/wire';
import { until } from './condition.js';
import { Household } from './household.js';
import { type Person } from './person.js';
import { PlainDevice } from './plain-device.js';

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

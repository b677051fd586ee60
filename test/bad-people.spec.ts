import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createKeyRing, issueTicket } from '#codecs/ticket';
import { TestCaller } from '../apps/gateway/gateway.fixture.js';
import { Household } from './household.js';
import { type Person, refusalOf } from './person.js';

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

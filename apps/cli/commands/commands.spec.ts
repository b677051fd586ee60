// Every command against a real HTTP server: what it asks, what it prints for people, and one JSON document with --json.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Answers, type PretendGateway, pretendGateway } from '../gateway.fixture.js';
import { alarm, deviceTicket, oldAlarm } from '../samples.fixture.js';
import { typed } from '../typed.fixture.js';
import { alarmCases } from './alarm-cases.fixture.js';
import { deviceCases } from './device-cases.fixture.js';

const token = 'a-token-that-is-good-enough';

let gateway: PretendGateway;
beforeAll(async () => {
  gateway = await pretendGateway(token);
});
afterAll(() => gateway.close());

function ask(line: string, answers: Answers) {
  gateway.answer(answers);
  return typed(wordsOf(line), { environment: { AIRBIND_URL: gateway.url, AIRBIND_TOKEN: token } });
}

/** As a shell splits it, quotes and all. */
function wordsOf(line: string): string[] {
  return Array.from(line.matchAll(/"([^"]*)"|\S+/g), ([word, quoted]) => quoted ?? word);
}

const { ticket, spoken } = deviceTicket;

describe.each([...deviceCases, ...alarmCases])('airbind $line', ({ line, answers, asks, says, json }) => {
  it('asks the gateway and tells a person', async () => {
    const { status, out, err } = await ask(line, answers);
    expect({ status, err }).toEqual({ status: 0, err: '' });
    expect(gateway.seen.at(-1)).toMatchObject({ ...asks, authorization: `Bearer ${token}` });
    for (const words of says) expect(out).toMatch(words);
    expect(out.endsWith('\n')).toBe(true);
  });

  it('prints one JSON document and nothing else with --json', async () => {
    const { status, out, err } = await ask(`${line} --json`, answers);
    expect({ status, err }).toEqual({ status: 0, err: '' });
    expect(JSON.parse(out)).toEqual(json);
  });
});

describe('airbind alarms list --open', () => {
  it('leaves out what is over', async () => {
    const { out } = await ask('alarms list --open', { alarms: [alarm, oldAlarm] });
    expect(out).not.toContain('AL0');
  });
});

describe('airbind tickets check', () => {
  it('asks nobody with --offline', async () => {
    const before = gateway.seen.length;
    const { status, out } = await ask(`tickets check --offline --json ${ticket.toLowerCase()}`, {});
    expect({ status, out: JSON.parse(out) }).toEqual({ status: 0, out: { ticket, spoken, ours: null } });
    expect(gateway.seen).toHaveLength(before);
  });

  it.each([
    ['05RV-1P5Q-8448-M5GX-NM9W-2MVA-S3QY-J', /wrong, or two are swapped/],
    ['05RV-1P5Q', /too short or too long/],
    ['05RV-1P5Q-8448-M5GX-NM9W-2MVA-S3YU-J', /without I, L, O and U/],
  ])('tells what is wrong with %s, with status 65, and asks nobody', async (text, sentence) => {
    const before = gateway.seen.length;
    const { status, out, err } = await ask(`tickets check ${text}`, {});
    expect({ status, out }).toEqual({ status: 65, out: '' });
    expect(err).toMatch(sentence);
    expect(gateway.seen).toHaveLength(before);
  });

  it('ends with 65 for a ticket of another gateway', async () => {
    const { status, err } = await ask(`tickets check ${ticket}`, {
      ticket: { problem: { code: 'not-our-code' } },
    });
    expect({ status, err }).toEqual({ status: 65, err: 'airbind: This is not a code of ours.\n' });
  });
});

// Every command against a real HTTP server: what it asks, what it prints for people, and one JSON document with --json.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { deviceSchema } from '#codecs/api';
import { type Answers, type PretendGateway, pretendGateway } from '../gateway.fixture.js';
import * as sample from '../samples.fixture.js';
import { typed } from '../typed.fixture.js';
import { deviceRules, deviceWhy, why } from '../why-samples.fixture.js';

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

interface Case {
  readonly line: string;
  readonly answers: Answers;
  /** The last call, as the gateway saw it. */
  readonly asks: { readonly name: string; readonly url?: string; readonly body?: unknown };
  /** What a person must be able to read. */
  readonly says: readonly (string | RegExp)[];
  /** What the JSON document is. */
  readonly json: unknown;
}

const {
  alarm,
  oldAlarm,
  batch,
  deadNotice,
  device,
  deviceEvents,
  deviceTicket,
  gatewayStatus,
  history,
  home,
  ledger,
  product,
  receipts,
  scan,
  webhook,
} = sample;
const { ticket, spoken } = deviceTicket;

const cases: readonly Case[] = [
  {
    line: 'products list',
    answers: { products: [product] },
    asks: { name: 'products' },
    says: ['gas-alarm', 'Gas alarm', '燃气报警器', 'button'],
    json: [product],
  },
  {
    line: 'products show gas-alarm',
    answers: { product },
    asks: { name: 'product', url: '/api/v1/products/gas-alarm' },
    says: ['It smells gas.', '%LEL', 'close-valve', 'gas (gas)'],
    json: product,
  },
  {
    line: 'batches list',
    answers: { batches: [batch] },
    asks: { name: 'batches' },
    says: [/^7 +first-hundred +gas-alarm +2 +not exported /m],
    json: [batch],
  },
  {
    line: 'batches show first-hundred',
    answers: { batch: { ...batch, exported: 1 } },
    asks: { name: 'batch', url: '/api/v1/batches/first-hundred' },
    says: [/Devices +2$/m, /Credentials +1 of 2$/m],
    json: { ...batch, exported: 1 },
  },
  {
    line: 'batches confirm 7 --yes',
    answers: { confirmBatch: { ...batch, exported: 2, confirmedAt: 1 } },
    asks: { name: 'confirmBatch', url: '/api/v1/batches/7/confirmation' },
    says: ['with you alone'],
    json: { ...batch, exported: 2, confirmedAt: 1 },
  },
  {
    line: 'products rm gas-alarm --yes',
    answers: { dropProduct: { done: true } },
    asks: { name: 'dropProduct', url: '/api/v1/products/gas-alarm' },
    says: ['no product of this gateway any more'],
    json: { done: true },
  },
  {
    line: 'devices reprint D1 --yes',
    answers: { reprintLabel: { ...deviceTicket, generation: 2 } },
    asks: { name: 'reprintLabel', url: '/api/v1/devices/D1/label' },
    says: [/Label +number 3; every earlier one is old/, spoken],
    json: { ...deviceTicket, generation: 2 },
  },
  {
    line: 'devices list',
    answers: { devices: [device] },
    asks: { name: 'devices', url: '/api/v1/devices' },
    says: [/^D1 +Kitchen +Gas alarm +bound +online +1 /m],
    json: [inAList()],
  },
  {
    line: 'devices list --all',
    answers: { devices: [] },
    asks: { name: 'devices', url: '/api/v1/devices?all=true' },
    says: ['There are no devices'],
    json: [],
  },
  {
    line: 'devices show D1',
    answers: { device },
    asks: { name: 'device', url: '/api/v1/devices/D1' },
    says: ['GA-1', 'online, last heard', '12.5 %LEL', /valve +Valve +closed/],
    json: device,
  },
  {
    line: 'devices history D1 --reading gas --from 2026-11-01T10:17:00Z --to 2026-11-02T00:00:00Z --bucket 1h',
    answers: { history },
    asks: {
      name: 'history',
      url: '/api/v1/devices/D1/history?reading=gas&bucket=1h&from=1793527200000&to=1793577600000',
    },
    says: [/ 1 +3\.33333 +12\.5 +60$/m, 'MEAN %LEL', 'is not kept'],
    json: history,
  },
  {
    line: 'devices events D1 --from 2026-11-01T00:00:00Z --to 2026-11-02T00:00:00Z',
    answers: { deviceEvents },
    asks: {
      name: 'deviceEvents',
      url: '/api/v1/devices/D1/events?from=1793491200000&to=1793577600000',
    },
    says: ['button', /valve +on/, 'ask again with --to 2026-11-21T08:30:00.000Z'],
    json: deviceEvents,
  },
  {
    line: 'devices rename D1 "Kitchen gas"',
    answers: { changeDevice: { ...device, name: 'Kitchen gas' } },
    asks: { name: 'changeDevice', body: { name: 'Kitchen gas' } },
    says: ['Kitchen gas'],
    json: { ...inAList(), name: 'Kitchen gas' },
  },
  {
    line: 'homes remove H1 --move-to H2 --yes',
    answers: { removeHome: { done: true } },
    asks: { name: 'removeHome', url: '/api/v1/homes/H1?moveTo=H2' },
    says: ['H1 is gone'],
    json: { done: true },
  },
  {
    line: 'devices ledger D1',
    answers: { ledger },
    asks: { name: 'ledger', url: '/api/v1/devices/D1/ledger' },
    says: [
      /revoked +Mei +you +page 2001:db8::7 +1/,
      /joined +gone +gone +program +1/,
      /bound +you +button +1/,
    ],
    json: ledger,
  },
  {
    line: 'devices command D1 set --arg volume=3 --arg chime=true --arg tone=low=b',
    answers: { command: { id: 'C1' } },
    asks: { name: 'command', body: { name: 'set', args: { volume: 3, chime: true, tone: 'low=b' } } },
    says: ['set was sent to D1 (command C1)'],
    json: { id: 'C1' },
  },
  {
    line: 'devices release D1 --yes',
    answers: { release: { done: true } },
    asks: { name: 'release', url: '/api/v1/devices/D1/binding' },
    says: ['D1 is yours no longer'],
    json: { done: true },
  },
  {
    line: `tickets show ${spoken}`,
    answers: { ticket: scan },
    asks: { name: 'ticket', url: `/api/v1/tickets/${ticket}` },
    says: [spoken, 'Gas alarm', 'ready to be bound', 'button'],
    json: { view: 'unbound', product: productPage(), windowUntil: null },
  },
  {
    line: 'tickets show --device D1',
    answers: { deviceTicket },
    asks: { name: 'deviceTicket', url: '/api/v1/devices/D1/ticket' },
    says: [spoken, deviceTicket.url, '█'],
    json: deviceTicket,
  },
  {
    line: `tickets check ${deviceTicket.url}`,
    answers: { ticket: scan },
    asks: { name: 'ticket', url: `/api/v1/tickets/${ticket}` },
    says: [`${spoken} is a code of this gateway (Gas alarm)`],
    json: { ticket, spoken, ours: true, product: 'gas-alarm' },
  },
  {
    line: 'alarms list',
    answers: { alarms: [alarm, oldAlarm] },
    asks: { name: 'alarms' },
    says: [/^AL1 +raised +emergency +Gas +Kitchen/m, /^AL0 +cleared/m],
    json: [alarm, oldAlarm],
  },
  {
    line: 'alarms list --open',
    answers: { alarms: [alarm, oldAlarm] },
    asks: { name: 'alarms' },
    says: ['AL1'],
    json: [alarm],
  },
  {
    line: 'alarms show AL1',
    answers: { alarm, receipts },
    asks: { name: 'receipts', url: '/api/v1/alarms/AL1/receipts' },
    says: ['Open the windows and leave.', '12.5 %LEL', /webhook +raised +accepted +2/],
    json: { ...alarm, receipts },
  },
  {
    line: 'alarms acknowledge AL1',
    answers: { acknowledge: { ...alarm, state: 'acknowledged' } },
    asks: { name: 'acknowledge', url: '/api/v1/alarms/AL1/acknowledge' },
    says: [/Gas +is acknowledged/],
    json: { ...alarm, state: 'acknowledged' },
  },
  {
    line: 'alarms reset AL1',
    answers: { reset: oldAlarm },
    asks: { name: 'reset', url: '/api/v1/alarms/AL1/reset' },
    says: [/Gas +is over/],
    json: oldAlarm,
  },
  {
    line: 'alarms shelve AL1 --minutes 10 --why airing',
    answers: { shelve: alarm },
    asks: { name: 'shelve', url: '/api/v1/alarms/AL1/shelve', body: { minutes: 10, why: 'airing' } },
    says: [/Gas +is not repeated for 10 minutes/],
    json: alarm,
  },
  {
    line: 'alarms comment AL1 airing',
    answers: { comment: alarm },
    asks: { name: 'comment', url: '/api/v1/alarms/AL1/comments', body: { text: 'airing' } },
    says: [/Gas +has your remark/],
    json: alarm,
  },
  {
    line: 'homes list',
    answers: { homes: [home] },
    asks: { name: 'homes' },
    says: [/^H1 +Home +away .*Asia\/Shanghai$/m],
    json: [home],
  },
  {
    line: 'homes change H1 --mode night --time-zone Asia/Shanghai',
    answers: { changeHome: { ...home, mode: 'night' } },
    asks: { name: 'changeHome', body: { mode: 'night', timeZone: 'Asia/Shanghai' } },
    says: ['night'],
    json: { ...home, mode: 'night' },
  },
  {
    line: 'webhooks list',
    answers: { webhooks: [webhook] },
    asks: { name: 'webhooks' },
    says: ['https://example.com/airbind', 'none yet'],
    json: [webhook],
  },
  {
    line: 'webhooks add https://example.com/airbind',
    answers: { makeWebhook: webhook },
    asks: { name: 'makeWebhook', body: { url: 'https://example.com/airbind' } },
    says: ['the-key-of-the-signature'],
    json: webhook,
  },
  {
    line: 'webhooks remove W1',
    answers: { dropWebhook: { done: true } },
    asks: { name: 'dropWebhook', url: '/api/v1/webhooks/W1' },
    says: ['W1 is called no longer'],
    json: { done: true },
  },
  {
    line: 'notices dead',
    answers: { deadNotices: [deadNotice] },
    asks: { name: 'deadNotices' },
    says: ['A1.P1.raised.0.E1', '410'],
    json: [deadNotice],
  },
  {
    line: 'notices replay',
    answers: { replayNotices: { replayed: 3 } },
    asks: { name: 'replayNotices', body: { ids: null } },
    says: ['3 sent once more'],
    json: { replayed: 3 },
  },
  {
    line: 'notices replay A1.P1.raised.0.E1',
    answers: { replayNotices: { replayed: 1 } },
    asks: { name: 'replayNotices', body: { ids: ['A1.P1.raised.0.E1'] } },
    says: ['1 sent once more'],
    json: { replayed: 1 },
  },
  {
    line: 'invite li@example.com --name "Li Hua"',
    answers: { makeSignInLink: { url: 'http://127.0.0.1/in/x', expiresAt: 1 } },
    asks: { name: 'makeSignInLink', body: { email: 'li@example.com', name: 'Li Hua' } },
    says: ['http://127.0.0.1/in/x', 'Works once'],
    json: { url: 'http://127.0.0.1/in/x', expiresAt: 1 },
  },
  {
    line: 'alarms why AL1',
    answers: { why },
    asks: { name: 'why', url: '/api/v1/alarms/AL1/why' },
    says: [/Packet +telemetry number 7/, '"raiseAtLel":8', 'nothing was seen to arrive', /webhook +raised/],
    json: why,
  },
  {
    line: 'devices why D1',
    answers: { deviceWhy },
    asks: { name: 'deviceWhy', url: '/api/v1/devices/D1/why' },
    says: [/Blind +no$/m, /^co +calm +100 +40 %/m, /^gas +on the way to an alarm/m, '1: mail (unproven)'],
    json: deviceWhy,
  },
  {
    line: 'devices rules D1',
    answers: { deviceRules },
    asks: { name: 'deviceRules', url: '/api/v1/devices/D1/rules' },
    says: [/^gas +raiseAtLel +8 +the device's own$/m, /Changed .+ by Lan, for the device/],
    json: deviceRules,
  },
  {
    line: 'devices rules D1 gas --set raiseAtLel=8 --set clearAfterS=',
    answers: { changeDeviceRule: deviceRules },
    asks: {
      name: 'changeDeviceRule',
      url: '/api/v1/devices/D1/rules/gas',
      body: { figures: { raiseAtLel: 8, clearAfterS: null } },
    },
    says: ["the device's own"],
    json: deviceRules,
  },
  {
    line: 'status',
    answers: { status: gatewayStatus },
    asks: { name: 'status' },
    says: [/Connections +4/, /messages +12/, 'not JSON'],
    json: gatewayStatus,
  },
];

/** A list holds devices without what only their own page shows. */
function inAList() {
  return deviceSchema.parse(device);
}

function productPage() {
  const { id, name, icon, page, bindingPolicy } = product;
  return { id, name, icon, page, bindingPolicy };
}

describe.each(cases)('airbind $line', ({ line, answers, asks, says, json }) => {
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

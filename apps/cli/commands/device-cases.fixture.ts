// The commands about what is made and what is there: products, batches, devices and their tickets.
import { deviceSchema } from '#codecs/api';
import {
  batch,
  device,
  deviceEvents,
  deviceTicket,
  history,
  ledger,
  product,
  scan,
} from '../samples.fixture.js';
import type { Case } from './command-case.fixture.js';

const { ticket, spoken } = deviceTicket;

export const deviceCases: readonly Case[] = [
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
];

/** A list holds devices without what only their own page shows. */
function inAList() {
  return deviceSchema.parse(device);
}

function productPage() {
  const { id, name, icon, page, bindingPolicy } = product;
  return { id, name, icon, page, bindingPolicy };
}

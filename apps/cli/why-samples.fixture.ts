// What the gateway answers about rules and reasons, as the specs of commands see it.
import { type Answer, ruleSchema } from '#codecs/api';
import { alarm, receipts } from './samples.fixture.js';

const at = alarm.raisedAt;
const gas = ruleSchema.parse({ id: 'gas', kind: 'gas', reading: 'gas.lel', raiseAtLel: 8 });
const co = ruleSchema.parse({ id: 'co', kind: 'co', reading: 'co.ppm' });

export const why: Answer<'why'> = {
  alarm,
  person: { id: 'P1', name: 'Lan' },
  packet: {
    kind: 'telemetry',
    receivedAt: at,
    at,
    clock: 'device',
    boot: 1,
    seq: 7,
    body: { values: { 'gas.lel': 12.5 } },
  },
  rule: gas,
  notices: [{ step: 'raised', at, title: alarm.title }],
  receipts,
  reasons: [{ why: 'channel-unproven', at: null, until: null, detail: 'mail' }],
};

export const deviceWhy: Answer<'deviceWhy'> = {
  deviceId: 'D1',
  name: 'Kitchen',
  at,
  lastHeardAt: at,
  intervalS: 60,
  repeats: { since: at - 600_000, messages: 10 },
  blindAt: at + 120_000,
  away: [],
  rules: [
    { rule: gas, stands: 'pending', value: 12.5, dose: null, dueAt: at + 30_000, alarm: null },
    { rule: co, stands: 'calm', value: 100, dose: 0.4, dueAt: null, alarm: null },
  ],
  class: 'L',
  people: [
    {
      name: 'Lan',
      isContact: false,
      waitsUntil: null,
      channels: [{ channel: 'mail', state: 'unproven', turn: 1 }],
    },
  ],
};

export const deviceRules: Answer<'deviceRules'> = {
  rules: [{ rule: gas, own: { raiseAtLel: 8 } }],
  changedAt: at,
  changedBy: 'Lan',
  changed: 'device',
};

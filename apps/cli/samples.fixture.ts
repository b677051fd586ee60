// One of each thing that a gateway tells, for the tests of the command line.
import {
  type AlarmView,
  type Answer,
  type DeadNoticeView,
  type DeviceDetailView,
  type HomeView,
  productSchema,
  rightSchema,
} from '#codecs/api';

const at = Date.UTC(2026, 10, 21, 8, 30);
const both = (en: string, zh: string) => ({ en, zh });

export const product = productSchema.parse({
  id: 'gas-alarm',
  name: both('Gas alarm', '燃气报警器'),
  icon: 'gas',
  readings: [{ name: 'gas', label: both('Gas', '燃气'), unit: '%LEL', min: 0, max: 100 }],
  bits: [{ name: 'valve', label: both('Valve', '阀门'), on: both('closed', '关'), off: both('open', '开') }],
  commands: [{ name: 'close-valve', label: both('Close the valve', '关阀') }],
  intervalS: 60,
  power: 'mains',
  safetyClass: 'L',
  bindingPolicy: 'button',
  rules: [{ id: 'gas', kind: 'gas', reading: 'gas' }],
  page: { about: both('It smells gas.', '能闻到燃气。') },
});

export const device: DeviceDetailView = {
  id: 'D1',
  name: 'Kitchen',
  serial: 'GA-1',
  product: { id: product.id, name: product.name, icon: product.icon },
  state: 'bound',
  epoch: 1,
  homeId: 'H1',
  roomId: null,
  parentId: null,
  presence: { state: 'online', lastHeardAt: at },
  latest: { at, values: { gas: 12.5 }, bits: { valve: true } },
  firmware: '1.0.0',
  power: 'mains',
  intervalS: 60,
  openAlarms: 1,
  snapshotAt: null,
  standing: { as: 'owner', may: rightSchema.options },
  offeredUntil: null,
  offerErases: false,
  recoveryDueAt: null,
  productPage: product,
};

export const alarm: AlarmView = {
  id: 'AL1',
  deviceId: 'D1',
  deviceName: 'Kitchen',
  rule: 'gas',
  kind: 'gas',
  class: 'L',
  isDrill: false,
  severity: 'emergency',
  state: 'raised',
  title: both('Gas', '燃气泄漏'),
  advice: both('Open the windows and leave.', '开窗并离开。'),
  value: 12.5,
  unit: '%LEL',
  raisedAt: at,
  occurredAt: at,
  acknowledgedAt: null,
  acknowledgedBy: null,
  calmAt: null,
  clearedAt: null,
  endReason: null,
  standing: { as: 'owner', may: rightSchema.options },
  timeline: [{ at, what: 'raised', by: null }],
};

export const oldAlarm: AlarmView = {
  ...alarm,
  id: 'AL0',
  state: 'cleared',
  clearedAt: at,
  endReason: 'reset',
};

export const receipts: Answer<'receipts'> = [
  {
    channel: 'webhook',
    step: 'raised',
    attempts: 2,
    state: 'accepted',
    detail: null,
    at,
    seenAt: null,
    endpointId: 'E1',
    contactId: null,
    tries: [],
  },
];

export const home: HomeView = {
  id: 'H1',
  name: 'Home',
  timeZone: 'Asia/Shanghai',
  mode: 'away',
  modeSince: at,
  rooms: [],
  standing: { as: 'owner', may: rightSchema.options },
};

export const deviceTicket: Answer<'deviceTicket'> = {
  ticket: '05RV1P5Q8448M5GXNM9W2MVAS3YQ',
  url: 'HTTPS://GAS.EXAMPLE/D/05RV1P5Q8448M5GXNM9W2MVAS3YQ',
  spoken: '05RV-1P5Q-8448-M5GX-NM9W-2MVA-S3YQ-J',
};

export const batch = {
  id: 7,
  name: 'first-hundred',
  product: product.id,
  count: 2,
  made: 2,
  exported: 0,
  createdAt: at,
  confirmedAt: null,
};

const nothingMore = { proof: null, epoch: 1, until: null, reason: null };

export const ledger: Answer<'ledger'> = [
  {
    ...{ ...nothingMore, at, what: 'revoked', by: 'you', from: { via: 'page', address: '2001:db8::7' } },
    whom: { is: 'somebody', name: 'Mei' },
  },
  {
    ...{ ...nothingMore, at, what: 'joined', by: 'gone', from: { via: 'program', address: null } },
    whom: { is: 'gone', name: null },
  },
  { ...nothingMore, at, what: 'bound', by: 'you', proof: 'button', from: null, whom: null },
];

export const history: Answer<'history'> = {
  reading: 'gas',
  unit: '%LEL',
  from: at,
  to: at + 7_200_000,
  bucketMs: 3_600_000,
  keptSince: at + 3_600_000,
  buckets: [{ at, min: 1, max: 12.5, mean: 10 / 3, count: 60 }],
};

export const deviceEvents: Answer<'deviceEvents'> = {
  from: at,
  to: at + 7_200_000,
  keptSince: 0,
  events: [
    { at: at + 1_000, name: 'button', on: null },
    { at, name: 'valve', on: true },
  ],
  more: true,
};

export const webhook: Answer<'makeWebhook'> = {
  id: 'W1',
  url: 'https://example.com/airbind',
  createdAt: at,
  secret: 'the-key-of-the-signature',
  lastReceipt: null,
};

export const operators: Answer<'operators'> = {
  operators: [{ id: 'P1', name: 'Lan', email: 'lan@example.org', isYou: true }],
  link: { by: { is: 'you', name: 'Lan' }, expiresAt: at },
  acts: [
    {
      ...{ at, what: 'removed', by: { is: 'you', name: 'Lan' }, whom: { is: 'somebody', name: 'Bo' } },
      from: { via: 'page', address: '192.0.2.1' },
    },
  ],
};

export const gatewayStatus: Answer<'status'> = {
  version: '0.1.0',
  startedAt: at,
  storage: 'sqlite',
  connections: 4,
  counters: { messages: 12 },
  now: {
    sessions: 4,
    unanswered: 0,
    intakeWaiting: 0,
    isStoreDown: false,
    deliveriesDue: 1,
    deliveriesUnderWay: 0,
    eventLoopBlockMs: 7,
  },
  absences: [],
  deadLetters: [{ at, deviceId: 'D1', kind: 'telemetry', reason: 'not JSON', bytes: 9 }],
};

export const scan: Answer<'ticket'> = { view: 'unbound', product, windowUntil: null };

export const deadNotice: DeadNoticeView = {
  id: 'A1.P1.raised.0.E1',
  subjectId: 'A1',
  accountId: 'P1',
  channel: 'mail',
  class: 'L',
  state: 'refused',
  attempts: 1,
  detail: '410',
  at,
};

// The table of alarms, row by row, for doors and for what keeps a device trustworthy.
import { bit, level, mode, type Scenario, wait } from './scenario.fixture.js';

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

const places = { entrance: 5, window: 15, fridge: 2 } as const;
const intrusion = { kind: 'intrusion', bit: 'bit' };
const security = { severity: 'critical', class: 'S' } as const;
const untilDisarmed = {
  calm: [bit(false, 2 * minute)],
  clear: [mode('home')],
  ends: 'cleared',
} as const;

const doors: Scenario[] = [
  ...Object.entries(places).map(
    ([place, minutes]): Scenario => ({
      title: `${place === 'entrance' ? 'an' : 'a'} ${place} left open for ${minutes} minutes`,
      rule: { kind: 'left-open', bit: 'bit', place },
      hold: [bit(true), wait(minutes * minute - 1)],
      raise: [wait(1)],
      is: { severity: 'warning', class: 'S' },
      calm: [bit(true, 2 * minute)],
      clear: [bit(false)],
      ends: 'cleared',
    }),
  ),
  {
    title: 'a door opened while nobody is at home',
    rule: intrusion,
    // Who leaves opens it too, and whoever is at home.
    hold: [
      bit(true),
      bit(false),
      mode('away'),
      wait(44),
      bit(true),
      bit(false),
      wait(minute),
      bit(true),
      wait(29),
    ],
    raise: [wait(1)],
    is: security,
    ...untilDisarmed,
  },
  {
    title: 'a window of the perimeter opened by night, without any delay',
    rule: { ...intrusion, entryDelayS: 0 },
    hold: [mode('night'), wait(minute), bit(false)],
    raise: [bit(true)],
    is: security,
    ...untilDisarmed,
  },
  {
    title: 'a device that is tampered with',
    rule: { kind: 'tamper', bit: 'bit' },
    hold: [bit(false, minute)],
    raise: [bit(true)],
    is: { severity: 'major', class: 'S' },
    calm: [bit(true, minute)],
    clear: [bit(false, minute)],
    ends: 'latched',
  },
  {
    title: 'motion while nobody is at home',
    rule: { kind: 'motion', bit: 'bit' },
    hold: [bit(true), bit(false), mode('away'), wait(44), bit(true), bit(false), wait(2 * minute)],
    raise: [bit(true)],
    is: { severity: 'minor', class: 'S' },
    calm: [bit(false), wait(29), bit(true), wait(minute), bit(false), wait(29)],
    clear: [wait(1)],
    ends: 'cleared',
  },
];

const upkeep: Scenario[] = [
  {
    title: 'a life safety device that is silent for 2.5 intervals',
    rule: { kind: 'silence' },
    restarts: 'at first',
    hold: [level(0), wait(149)],
    raise: [wait(1)],
    is: { severity: 'major', class: 'T' },
    calm: [wait(10 * minute)],
    clear: [level(0)],
    ends: 'cleared',
  },
  {
    title: 'another device that is silent for three intervals',
    rule: { kind: 'silence' },
    restarts: 'at first',
    product: { safetyClass: 'S', power: 'battery' },
    hold: [level(0), wait(179)],
    raise: [wait(1)],
    is: { severity: 'minor', class: 'T' },
    calm: [wait(10 * minute)],
    clear: [level(0)],
    ends: 'cleared',
  },
  ...(
    [
      ['low', 19, 'minor'],
      ['very low', 9, 'major'],
    ] as const
  ).map(
    ([what, percent, severity]): Scenario => ({
      title: `a battery that is ${what}, twice and an hour apart`,
      rule: { kind: 'battery', reading: 'level' },
      product: { unit: '%' },
      hold: [level(percent), wait(hour - 1), level(percent)],
      raise: [wait(1), level(percent)],
      is: { severity, class: 'T' },
      calm: [level(30)],
      clear: [level(31)],
      ends: 'cleared',
    }),
  ),
  {
    title: 'a sensor that says that it is too old',
    rule: { kind: 'end-of-life', bit: 'bit' },
    hold: [bit(false)],
    raise: [bit(true)],
    is: { severity: 'major', class: 'T' },
    calm: [bit(false, hour, 10 * minute)],
    clear: [],
    ends: 'raised',
  },
  {
    title: 'a sensor that is too old by its date',
    rule: { kind: 'end-of-life', afterMonths: 1 },
    hold: [wait(30 * day)],
    raise: [wait(2 * day)],
    is: { severity: 'major', class: 'T' },
    calm: [level(0)],
    clear: [],
    ends: 'raised',
  },
  {
    title: 'a device that says that it is out of order',
    rule: { kind: 'fault', bit: 'bit' },
    hold: [bit(false)],
    raise: [bit(true)],
    is: { severity: 'major', class: 'T' },
    calm: [bit(true, 5 * minute)],
    clear: [bit(false)],
    ends: 'cleared',
  },
  {
    title: 'a device that warms up',
    rule: { kind: 'warm-up', bit: 'bit' },
    hold: [bit(false)],
    raise: [bit(true)],
    is: { severity: 'info', class: 'I' },
    calm: [bit(true, 5 * minute)],
    clear: [bit(false)],
    ends: 'cleared',
  },
  ...(
    [
      ['outside its range', {}, [level(50_000)], [level(50_001)], 100],
      [
        'that jumps',
        { mostPerS: 1 },
        [level(100), wait(minute), level(160)],
        [wait(minute), level(221)],
        221,
      ],
      [
        'that is the very same for a day',
        {},
        [level(7, day - hour, 30 * minute)],
        [level(7, hour + minute, 30 * minute)],
        8,
      ],
    ] as const
  ).map(
    ([what, rule, hold, raise, right]): Scenario => ({
      title: `a value ${what}`,
      rule: { kind: 'implausible', reading: 'level', ...rule },
      product: { intervalS: 1800 },
      hold: [...hold],
      raise: [...raise],
      is: { severity: 'minor', class: 'T' },
      calm: [wait(minute)],
      clear: [level(right)],
      ends: 'cleared',
    }),
  ),
];

export const household: readonly Scenario[] = [...doors, ...upkeep];

// The table of alarms, row by row, where life is in danger: what comes close, what raises, what comes close to the end, and the end.
import { bit, level, type Scenario, wait } from './scenario.fixture.js';

const minute = 60;

const co = { kind: 'co', reading: 'level', bit: 'bit' };
const coEnds = { calm: [level(29, 5 * minute)], clear: [level(29, 2 * minute)], ends: 'latched' } as const;
const critical = { severity: 'critical', class: 'L' } as const;
const emergency = { severity: 'emergency', class: 'L' } as const;

const carbonMonoxide: Scenario[] = [
  {
    title: 'a CO level of 30 ppm for two hours',
    rule: co,
    hold: [level(30, 119 * minute)],
    raise: [level(30, 2 * minute)],
    is: { severity: 'warning', class: 'I' },
    calm: [level(24, 9 * minute)],
    clear: [level(24, 2 * minute)],
    ends: 'cleared',
  },
  {
    title: 'a CO level of 50 ppm for 75 minutes',
    rule: co,
    hold: [level(50, 70 * minute)],
    raise: [level(50, 6 * minute)],
    is: critical,
    ...coEnds,
  },
  {
    title: 'a CO level of 120 ppm for 30 minutes',
    rule: co,
    hold: [level(120, 14 * minute)],
    raise: [level(120, 16 * minute)],
    is: critical,
    ...coEnds,
  },
  {
    title: 'a CO level of 300 ppm for two minutes',
    rule: co,
    hold: [level(300, 90, 30)],
    raise: [level(300, 60, 30)],
    is: emergency,
    ...coEnds,
  },
  {
    title: 'a CO level of 600 ppm, twice within 20 seconds',
    rule: co,
    hold: [level(600), wait(15)],
    raise: [level(600)],
    is: emergency,
    ...coEnds,
  },
  {
    title: 'a CO level of 150 ppm for 25 minutes by the rules of the US',
    rule: co,
    product: { region: 'UL' },
    hold: [level(150, 23 * minute)],
    raise: [level(150, 3 * minute)],
    is: critical,
    ...coEnds,
  },
  {
    title: "a CO detector's own alarm",
    rule: co,
    hold: [bit(false)],
    raise: [bit(true)],
    is: critical,
    calm: [{ values: { level: 0 }, bits: { bit: true }, forS: 7 * minute }],
    clear: [{ values: { level: 0 }, bits: { bit: false }, forS: 7 * minute }],
    ends: 'latched',
  },
];

const gasEnds = { calm: [level(4, 4 * minute)], clear: [level(4, 2 * minute)], ends: 'latched' } as const;
const gas = { kind: 'gas', reading: 'level', bit: 'bit' };
const lel = { unit: '%LEL' };

const gasAndAir: Scenario[] = [
  {
    title: 'gas at 10 %LEL, at the second sample',
    rule: gas,
    product: lel,
    hold: [level(9, 10 * minute), level(10), wait(5)],
    raise: [level(10)],
    is: critical,
    ...gasEnds,
  },
  {
    title: 'gas at 10 %LEL in one sample, for 30 seconds',
    rule: gas,
    product: lel,
    hold: [level(10), wait(29)],
    raise: [wait(1)],
    is: critical,
    ...gasEnds,
  },
  {
    title: 'methane at 4 400 ppm, which is 10 %LEL',
    rule: { ...gas, gas: 'methane' },
    hold: [level(4300, 2 * minute), level(4400)],
    raise: [level(4400)],
    is: critical,
    calm: [level(2100, 4 * minute)],
    clear: [level(2100, 2 * minute)],
    ends: 'latched',
  },
  {
    title: 'gas at 6 %LEL, where a warning was asked for',
    rule: { ...gas, warnAtLel: 6 },
    product: lel,
    hold: [level(5.9, 10 * minute), level(6)],
    raise: [level(6)],
    is: { severity: 'warning', class: 'I' },
    calm: [level(4, 4 * minute)],
    clear: [level(4, 2 * minute)],
    ends: 'cleared',
  },
  {
    title: 'smoke, as its detector says',
    rule: { kind: 'smoke', bit: 'bit' },
    hold: [bit(false, 5 * minute)],
    raise: [bit(true)],
    is: emergency,
    calm: [bit(false, 4 * minute)],
    clear: [bit(false, 2 * minute)],
    ends: 'latched',
  },
  {
    title: 'water, at the second sample',
    rule: { kind: 'water', bit: 'bit' },
    hold: [bit(true), wait(9)],
    raise: [bit(true)],
    is: critical,
    calm: [bit(false, 9 * minute)],
    clear: [bit(false, 2 * minute)],
    ends: 'latched',
  },
  {
    title: 'water, for ten seconds',
    rule: { kind: 'water', bit: 'bit' },
    hold: [bit(true), wait(9)],
    raise: [wait(1)],
    is: critical,
    calm: [bit(false, 9 * minute)],
    clear: [bit(false, 2 * minute)],
    ends: 'latched',
  },
  ...(
    [
      ['hint', 1001, 'info', 851],
      ['poor air', 2001, 'warning', 1851],
      ['the limit of a working day', 5001, 'minor', 4851],
    ] as const
  ).map(
    ([what, over, severity, near]): Scenario => ({
      title: `CO₂ over ${over - 1} ppm for 15 minutes: ${what}`,
      rule: {
        kind: 'co2',
        reading: 'level',
        ...(severity !== 'info' && { hintPpm: over - 1 }),
        ...(severity === 'minor' && { poorPpm: over - 1 }),
      },
      hold: [level(over - 1, 20 * minute), level(over, 14 * minute)],
      raise: [level(over, 2 * minute)],
      is: { severity, class: 'I' },
      calm: [level(near - 2, 9 * minute)],
      clear: [level(near - 2, 2 * minute)],
      ends: 'cleared',
    }),
  ),
  {
    title: 'CO₂ of 30 000 ppm, at once',
    rule: { kind: 'co2', reading: 'level' },
    hold: [level(900, 5 * minute)],
    raise: [level(30_000)],
    is: critical,
    calm: [level(800, 9 * minute)],
    clear: [level(800, 2 * minute)],
    ends: 'latched',
  },
];

export const dangers: readonly Scenario[] = [...carbonMonoxide, ...gasAndAir];

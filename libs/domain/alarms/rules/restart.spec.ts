// A restart in the middle changes nothing: what a rule remembers survives as JSON, whatever it has seen.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type RuleKind, ruleSchema, type Severity } from '#codecs/api';
import { initialState, type Observation, reviveState, type Scene, stepRule } from './index.js';
import { beginning } from './rule-run.fixture.js';

const rules = {
  gas: { kind: 'gas', reading: 'level', bit: 'bit', warnAtLel: 6 },
  co: { kind: 'co', reading: 'level', bit: 'bit' },
  smoke: { kind: 'smoke', bit: 'bit' },
  water: { kind: 'water', bit: 'bit' },
  co2: { kind: 'co2', reading: 'level', hintPpm: 400, poorPpm: 400, warnPpm: 500, dangerPpm: 650 },
  'left-open': { kind: 'left-open', bit: 'bit' },
  intrusion: { kind: 'intrusion', bit: 'bit' },
  tamper: { kind: 'tamper', bit: 'bit' },
  motion: { kind: 'motion', bit: 'bit' },
  silence: { kind: 'silence' },
  battery: { kind: 'battery', reading: 'level' },
  fault: { kind: 'fault', bit: 'bit' },
  'warm-up': { kind: 'warm-up', bit: 'bit' },
  'end-of-life': { kind: 'end-of-life', bit: 'bit', afterMonths: 1 },
  implausible: { kind: 'implausible', reading: 'level', mostPerS: 1 },
  clock: { kind: 'clock' },
} satisfies Record<RuleKind, object>;

interface Moment {
  readonly observation: Observation;
  readonly scene: Scene;
}

const somethingSeen = fc.oneof(
  fc.record({
    kind: fc.constant('readings' as const),
    level: fc.option(fc.oneof(fc.integer({ min: 0, max: 700 }), fc.double({ min: 0, max: 20, noNaN: true }))),
    bit: fc.option(fc.boolean()),
    lagMs: fc.option(fc.integer({ min: -400_000, max: 400_000 }), { nil: undefined }),
  }),
  fc.record({ kind: fc.constantFrom('tick' as const, 'mode' as const) }),
);

/** Gaps that matter to the rules: within an interval, over a hold time, blind time, hours. */
const gapMs = fc.oneof(
  fc.integer({ min: 0, max: 60_000 }),
  fc.constantFrom(30_000, 120_000, 121_000, 300_000, 360_000, 4_500_000),
);

const story: fc.Arbitrary<Moment[]> = fc
  .array(
    fc.record({
      seen: somethingSeen,
      gapMs,
      mode: fc.constantFrom('home' as const, 'away' as const, 'night' as const),
    }),
    { maxLength: 40 },
  )
  .map(moments => {
    let at = beginning;
    let lastHeardAt = beginning;
    return moments.map(({ seen, gapMs: gap, mode }) => {
      at += gap;
      if (seen.kind === 'readings') lastHeardAt = at;
      const scene: Scene = {
        intervalS: 60,
        power: 'mains',
        region: 'EN',
        safetyClass: 'L',
        isBound: true,
        mode,
        modeSince: beginning,
        lastHeardAt,
        listeningSince: beginning,
        madeAt: beginning - 30 * 86_400_000,
        readings: [],
      };
      if (seen.kind !== 'readings') return { observation: { kind: seen.kind, at }, scene };
      const values: Record<string, number> = seen.level === null ? {} : { level: seen.level };
      const bits: Record<string, boolean> = seen.bit === null ? {} : { bit: seen.bit };
      const claimed = seen.lagMs === undefined ? {} : { claimed: { heardAt: at, lagMs: seen.lagMs } };
      return { observation: { kind: 'readings', at, values, bits, ...claimed }, scene };
    });
  });

describe.each(Object.keys(rules) as RuleKind[])('a rule of kind %s', kind => {
  const rule = ruleSchema.parse({ id: 'rule', ...rules[kind] });

  function told(moments: readonly Moment[], between: (state: unknown) => unknown) {
    let state = initialState(kind);
    let open: Severity | null = null;
    return moments.map(({ observation, scene }) => {
      const { state: next, ...step } = stepRule(rule, between(state), observation, scene, open);
      state = next;
      open = step.finding.active ? step.finding.severity : null;
      return step;
    });
  }

  it('finds the same with a restart between every two observations', () => {
    fc.assert(
      fc.property(story, moments => {
        const restart = (state: unknown) => reviveState(kind, JSON.parse(JSON.stringify(state)));
        expect(told(moments, restart)).toEqual(told(moments, state => state));
      }),
      { numRuns: 300 },
    );
  });

  it.each([null, 'a string', 7, [], { open: 'yes' }, { lel: 'much', bit: 1 }])(
    'starts anew on a memory that it cannot read: %j',
    stored => {
      expect(reviveState(kind, stored)).toEqual(initialState(kind));
    },
  );

  it('takes the same memory for the same: shown twice in rest it writes nothing', () => {
    fc.assert(
      fc.property(story, moments => {
        let state = initialState(kind);
        for (const { observation, scene } of moments) {
          ({ state } = stepRule(rule, state, observation, scene, null));
          const tick = { kind: 'tick', at: observation.at } as const;
          const again = stepRule(rule, state, tick, scene, null);
          if (!again.finding.active) expect(again.state).toBe(state);
        }
      }),
    );
  });

  it('asks to be asked only at a time to come', () => {
    fc.assert(
      fc.property(story, moments => {
        told(moments, state => state).forEach(({ dueAt }, i) => {
          if (dueAt !== null) expect(dueAt).toBeGreaterThan(moments[i]?.observation.at ?? 0);
        });
      }),
    );
  });
});

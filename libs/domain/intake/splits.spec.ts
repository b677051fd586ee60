// However a device's messages fall into batches, with what is late or sent twice among them, the same comes of them.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Stores } from '#adapters/storage';
import type { UpwardMessage } from '#codecs/wire';
import type { Device } from '#domain/devices';
import { openTemporarySqlite } from '../../adapters/storage/contracts/temporary-stores.contract.js';
import { historySteps } from './history.store.js';
import { Stage, start } from './stage.contract.js';

interface Said {
  readonly message: UpwardMessage;
  readonly receivedAt: number;
}

const reading = fc.record({
  kind: fc.constant('telemetry' as const),
  values: fc.oneof(fc.constant({}), fc.record({ 'gas.lel': fc.constantFrom(0, 4, 8, 10, 25) })),
  bits: fc.oneof(
    { weight: 4, arbitrary: fc.constant({}) },
    fc.dictionary(fc.constantFrom('door.open', 'gas.alarm'), fc.boolean(), { maxKeys: 2 }),
  ),
});
const event = fc.record({
  kind: fc.constant('event' as const),
  event: fc.constantFrom('button', 'motion', 'reset'),
});

/** What a device says, in the order of arrival: mostly in its own order, some late, some twice. */
const story: fc.Arbitrary<Said[]> = fc
  .array(
    fc.record({
      body: fc.oneof({ weight: 8, arbitrary: reading }, event),
      gapMs: fc.oneof(fc.nat(60_000), fc.constantFrom(30_000, 300_000, 600_000)),
      step: fc.constantFrom(1, 1, 1, 1, 2, 0, -1, -2),
      delayMs: fc.option(fc.nat(120_000)),
    }),
    { minLength: 4, maxLength: 30 },
  )
  .map(moments => {
    let receivedAt = start;
    let seq = 1000;
    return moments.map(({ body: { kind, ...body }, gapMs, step, delayMs }) => {
      receivedAt += gapMs;
      seq += step;
      const at = delayMs === null ? {} : { at: receivedAt - delayMs };
      return { receivedAt, message: { kind, body: { boot: 1, seq, ...at, ...body } } as UpwardMessage };
    });
  });

/** Where a batch ends after each message, and where a restart follows it. */
const cuts = fc.array(fc.constantFrom('together', 'apart', 'restart'), { minLength: 30, maxLength: 30 });

describe('the same messages', () => {
  let stores: Stores;

  beforeAll(async () => {
    stores = await openTemporarySqlite();
  });

  afterAll(() => stores.close());

  async function tell(stage: Stage, device: Device, said: readonly Said[], cut: readonly string[]) {
    let batch: Promise<unknown>[] = [];
    for (const [i, { message, receivedAt }] of said.entries()) {
      batch.push(stage.say(device, message, receivedAt));
      if (cut[i] === 'together') continue;
      await Promise.all(batch);
      batch = [];
      if (cut[i] === 'restart') await stage.restart();
    }
    await Promise.all(batch);
  }

  /** What came of it, without what is drawn by lot or counts writes. */
  async function whatCame(stage: Stage, { id }: Device) {
    const [file] = await stores.intake.load([id]);
    const alarms = (await stage.alarms({ id } as Device)).map(({ id: _, deviceId: __, ...alarm }) => alarm);
    const notices = (await stage.notices(stage.owner.id)).map(({ step, number, epoch, receivedAt }) => ({
      step,
      number,
      epoch,
      receivedAt,
    }));
    const { deviceId: _, version: __, ...state } = file?.state ?? { deviceId: id, version: 0 };
    const { windowUntil, epoch, state: binding } = file?.binding ?? {};
    const rules = (file?.rules ?? []).map(({ rule, state, occurrences }) => [rule, state, occurrences]);
    const stamps = file?.recentStamps;
    const history = await remembered(id, epoch ?? 0);
    return {
      alarms: alarms.sort(byTime),
      notices,
      state,
      binding,
      windowUntil,
      epoch,
      rules: rules.sort(),
      stamps,
      history,
    };
  }

  async function remembered(deviceId: string, epoch: number) {
    const range = { deviceId, epoch, from: start - (start % 1e7), to: start + 1e9 };
    const steps = Object.values(historySteps).map(stepMs => ({ stepMs, bucketMs: stepMs }));
    const buckets = await Promise.all(
      steps.map(step => stores.history.buckets({ ...range, ...step, reading: 'gas.lel' })),
    );
    return { buckets, events: await stores.history.events({ ...range, limit: 1_000 }) };
  }

  it('give the same alarms, notices, states and history in any split, restarts included', async () => {
    let raised = 0;
    let counted = 0;
    await fc.assert(
      fc.asyncProperty(story, cuts, async (said, cut) => {
        const outcomes = [];
        for (const split of [said.map(() => 'apart'), said.map(() => 'together'), cut]) {
          const stage = await Stage.open(stores);
          const device = await stage.boundDevice();
          await tell(stage, device, said, split);
          outcomes.push(await whatCame(stage, device));
        }
        const [one, all, some] = outcomes;
        expect(all).toEqual(one);
        expect(some).toEqual(one);
        raised += one?.alarms.length ?? 0;
        counted += one?.history.buckets.flat().length ?? 0;
      }),
      // A counterexample is shown as it was met: making it smaller takes longer than a test may.
      { numRuns: 15, endOnFailure: true },
    );
    // Otherwise it would have been shown of nothing.
    expect(raised).toBeGreaterThan(0);
    expect(counted).toBeGreaterThan(0);
  });
});

type Ordered = { readonly raisedAt: number; readonly rule: string; readonly epoch: number };

function byTime(a: Ordered, b: Ordered): number {
  return a.raisedAt - b.raisedAt || a.epoch - b.epoch || a.rule.localeCompare(b.rule);
}

// Times that are kept with a timer that is too coarse for them.
import { describe, expect, it } from '@jest/globals';
import { Pacer, type Timer } from './pacer.js';

/** A timer that is too late by as much as the row says, in turn; its time passes only while somebody waits. */
function lateBy(...rowMs: number[]): Timer & { now: number } {
  let waits = 0;
  return {
    now: 0,
    nowMs() {
      return this.now;
    },
    async wait(forMs) {
      this.now += Math.max(0, forMs) + (rowMs[waits++ % rowMs.length] ?? 0);
    },
  };
}

async function paced(timer: Timer, count: number, everyMs: number): Promise<Pacer> {
  const pacer = new Pacer(timer);
  const { signal } = new AbortController();
  for (let index = 0; index < count; index++) await pacer.until(index * everyMs, signal);
  return pacer;
}

describe('the pacing of datagrams', () => {
  it('keeps a gap of 5 ms on average, though every timer is late', async () => {
    const timer = lateBy(0.3, 1.7, 0.1, 3.9);
    const { timing } = await paced(timer, 2_001, 5);
    expect(timing.driftMs).toBeCloseTo(0, 6);
    expect(timing.gapMs.median).toBeGreaterThan(3);
    expect(timing.gapMs.median).toBeLessThan(7);
    expect(timing.gapMs).toMatchObject({ min: expect.closeTo(1.4, 6), max: expect.closeTo(8.8, 6) });
  });

  it('catches up a little lateness, and sends no burst after much of it', async () => {
    const little = await paced(lateBy(0, 0, 20, ...Array.from({ length: 97 }, () => 0)), 100, 5);
    expect(little.timing.gapMs).toMatchObject({ min: 0, max: 25 });
    expect(little.timing.driftMs).toBeCloseTo(0, 6);
    const much = await paced(lateBy(0, 0, 500, ...Array.from({ length: 97 }, () => 0)), 100, 5);
    expect(much.timing.gapMs).toMatchObject({ min: 5, median: 5, max: 505 });
    expect(much.timing.driftMs).toBeCloseTo(500, 6);
  });

  it('counts what the system asked to wait for as drift', async () => {
    const timer = lateBy(0);
    const pacer = new Pacer(timer);
    const { signal } = new AbortController();
    await pacer.until(0, signal);
    pacer.delay(50);
    await pacer.until(5, signal);
    expect(pacer.timing).toEqual({ gapMs: { min: 55, median: 55, p99: 55, max: 55 }, driftMs: 50 });
  });

  it('has nothing to say about fewer than two datagrams', async () => {
    const { timing } = await paced(lateBy(0), 1, 5);
    expect(timing).toEqual({ gapMs: { min: 0, median: 0, p99: 0, max: 0 }, driftMs: 0 });
  });
});

// The little worlds, as pure functions of their state and the time that passes.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Gas } from './gas.js';
import { camera, co, door, gas } from './index.js';

const seconds = fc.double({ min: 0.01, max: 600, noNaN: true });
const seed = fc.nat();

/** Lets a state go on in steps of `stepS`. */
function live<State>(
  pass: (state: State, dtS: number) => State,
  state: State,
  forS: number,
  stepS = 1,
): State {
  let now = state;
  for (let passedS = 0; passedS < forS; passedS += stepS) now = pass(now, stepS);
  return now;
}

const leaking = (from: Gas) => gas.acts.leak?.(from) ?? from;
const closed = (from: Gas) => gas.acts['close-valve']?.(from) ?? from;

describe('a gas sensor', () => {
  const clean = gas.begin(1);

  it('stays clean as long as nothing leaks', () => {
    const later = live(gas.pass, clean, 86_400, 60);
    expect(gas.read(later)).toMatchObject({ bits: { 'gas.alarm': false } });
    expect(gas.troubled(later)).toBe(false);
  });

  it('alarms between 3 and 20 %LEL of a leak that grows, and stops growing at 25', () => {
    let now = leaking(clean);
    while (!now.alarm) now = gas.pass(now, 0.5);
    expect(now.lel).toBeGreaterThan(3);
    expect(now.lel).toBeLessThan(20);
    expect(live(gas.pass, now, 600).lel).toBe(25);
  });

  it('clears once the valve is closed, and its alarm lets go below 5 %LEL', () => {
    let now = closed(live(gas.pass, leaking(clean), 60));
    expect(now.alarm).toBe(true);
    while (now.alarm) now = gas.pass(now, 0.5);
    expect(now.lel).toBeLessThan(5);
    expect(gas.read(now).bits).toEqual({ 'gas.alarm': false, 'valve.closed': true });
  });

  it('comes to the same level in one step as in two', () => {
    fc.assert(
      fc.property(seconds, seconds, fc.boolean(), (one, two, leaks) => {
        const from: Gas = { ...clean, lel: 8, leaking: leaks };
        const apart = gas.pass(gas.pass(from, one), two);
        expect(gas.pass(from, one + two).lel).toBeCloseTo(apart.lel, 6);
      }),
    );
  });

  it('never falls while it leaks and never rises while it does not', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 25, noNaN: true }), seconds, (lel, dtS) => {
        expect(gas.pass({ ...clean, lel, leaking: true }, dtS).lel).toBeGreaterThanOrEqual(lel);
        expect(gas.pass({ ...clean, lel }, dtS).lel).toBeLessThanOrEqual(lel);
      }),
    );
  });

  it('never reads the same for long', () => {
    const readings = new Set<number | undefined>();
    let now = clean;
    for (let minute = 0; minute < 30; minute += 1) {
      now = gas.pass(now, 60);
      readings.add(gas.read(now).values['gas.lel']);
    }
    expect(readings.size).toBeGreaterThan(5);
  });
});

describe('a carbon monoxide sensor', () => {
  /** Held at one level from outside. */
  const alarmAfterS = (ppm: number) => {
    let now = co.begin(1);
    for (let passedS = 1; passedS <= 2 * 3600; passedS += 1) {
      now = { ...co.pass({ ...now, ppm }, 1), ppm };
      if (now.alarm) return passedS;
    }
    return Number.POSITIVE_INFINITY;
  };

  it.each([
    { ppm: 310, fromS: 1, toS: 3 * 60 },
    { ppm: 110, fromS: 10 * 60, toS: 40 * 60 },
    { ppm: 55, fromS: 60 * 60, toS: 90 * 60 },
  ])('alarms at $ppm ppm inside the window of EN 50291-1', ({ ppm, fromS, toS }) => {
    const afterS = alarmAfterS(ppm);
    expect(afterS).toBeGreaterThanOrEqual(fromS);
    expect(afterS).toBeLessThanOrEqual(toS);
  });

  it('does not alarm at 30 ppm within two hours', () => {
    expect(alarmAfterS(31)).toBe(Number.POSITIVE_INFINITY);
  });

  it('builds up to an alarm, and clears when the windows are opened', () => {
    let now = co.acts['build-up']?.(co.begin(1)) ?? co.begin(1);
    while (!now.alarm) now = co.pass(now, 5);
    now = co.acts.ventilate?.(now) ?? now;
    while (now.alarm) now = co.pass(now, 5);
    expect(now.ppm).toBeLessThan(30);
  });

  it('has a battery that only drains', () => {
    fc.assert(
      fc.property(seed, seconds, (seed, dtS) => {
        const from = co.begin(seed);
        const after = co.pass(from, dtS).batteryPercent;
        expect(after).toBeLessThan(from.batteryPercent);
        expect(after).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe('a door contact', () => {
  it('is used now and then, the same way for the same seed', () => {
    const changes = (seed: number) => {
      let now = door.begin(seed);
      const at: number[] = [];
      for (let minute = 0; minute < 24 * 60; minute += 1) {
        const next = door.pass(now, 60);
        if (next.nextUseInS > now.nextUseInS) at.push(minute);
        now = next;
      }
      return at;
    };
    expect(changes(5).length).toBeGreaterThan(10);
    expect(changes(5)).toEqual(changes(5));
    expect(changes(5)).not.toEqual(changes(6));
  });

  it('comes to the same state in one step as in many', () => {
    fc.assert(
      fc.property(seed, fc.integer({ min: 1, max: 7200 }), (seed, forS) => {
        const [once, often] = [door.pass(door.begin(seed), forS), live(door.pass, door.begin(seed), forS)];
        expect(once.open).toBe(often.open);
        expect(once.nextUseInS).toBeCloseTo(often.nextUseInS, 6);
      }),
    );
  });

  it('opens and closes by hand', () => {
    const opened = door.acts['use-door']?.(door.begin(1));
    expect(opened && door.read(opened).bits).toEqual({ 'door.open': true });
  });
});

describe('a camera', () => {
  it('takes a picture at first, and then one a minute while nothing moves', () => {
    expect(camera.pass(camera.begin(3), 0.1).pictures).toBe(1);
    expect(live(camera.pass, camera.begin(3), 300).pictures).toBe(5);
  });

  it('tells of a motion once, with a picture, and is still again after a while', () => {
    const before = camera.begin(3);
    const after = camera.acts.move?.(before) ?? before;
    expect(camera.happened?.(before, after)).toEqual(['motion']);
    expect(after.pictures).toBe(before.pictures + 1);
    expect(camera.happened?.(after, camera.pass(after, 1))).toEqual([]);
    expect(camera.read(live(camera.pass, after, 15)).bits).toEqual({ motion: false });
  });
});

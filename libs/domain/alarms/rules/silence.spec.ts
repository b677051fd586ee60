// Silence is an alarm; the gateway's own absence is not silence.
import { describe, expect, it } from '@jest/globals';
import type { Scene } from './index.js';
import { traitsOf } from './index.js';
import { atSecond, RuleRun } from './rule-run.fixture.js';

const minute = 60;

describe('silence', () => {
  const quiet = new RuleRun({ kind: 'silence' });

  function silent(scene: Partial<Scene>, rule: object = {}): RuleRun {
    return new RuleRun({ kind: 'silence', ...rule }, { ...quiet.scene, ...scene });
  }

  it('is technical and over when it is over', () => {
    expect(traitsOf('silence', 'major')).toEqual({ class: 'T', latched: false });
  });

  it.each<{ what: string; scene: Partial<Scene>; limitS: number; severity: string }>([
    {
      what: 'life safety on mains: 2.5 intervals',
      scene: { intervalS: 60 },
      limitS: 150,
      severity: 'major',
    },
    {
      what: 'life safety on mains: at most ten minutes',
      scene: { intervalS: 3600 },
      limitS: 10 * minute,
      severity: 'major',
    },
    {
      what: 'life safety on battery: 2.5 intervals',
      scene: { power: 'battery', intervalS: 1200 },
      limitS: 50 * minute,
      severity: 'major',
    },
    {
      what: 'life safety on battery: at most 65 minutes',
      scene: { power: 'battery', intervalS: 3600 },
      limitS: 65 * minute,
      severity: 'major',
    },
    {
      what: 'others: three intervals',
      scene: { safetyClass: 'S', intervalS: 3600 },
      limitS: 180 * minute,
      severity: 'minor',
    },
  ])('counts for $what', ({ scene, limitS, severity }) => {
    const run = silent(scene);
    expect(run.tick(limitS - 0.001)).toMatchObject({ finding: { active: false }, dueAtSecond: limitS });
    expect(run.tick(limitS)).toMatchObject({
      finding: { active: true, severity, since: atSecond(0) },
      dueAtSecond: null,
    });
  });

  it('counts by the limit that the product sets', () => {
    const run = silent({}, { afterS: 7 });
    expect(run.tick(6.9).finding.active).toBe(false);
    expect(run.tick(7).finding.active).toBe(true);
  });

  it('ends when the device is heard again', () => {
    const run = silent({});
    run.tick(150);
    run.scene = { ...run.scene, lastHeardAt: atSecond(200) };
    expect(run.readings(200, {})).toMatchObject({ finding: { active: false }, dueAtSecond: 350 });
  });

  it("does not count the gateway's own absence", () => {
    const run = silent({ listeningSince: atSecond(10_000) });
    expect(run.tick(10_000)).toMatchObject({ finding: { active: false }, dueAtSecond: 10_150 });
    expect(run.tick(10_150).finding).toMatchObject({ active: true, since: atSecond(0) });
  });

  it('that was told is not over because the gateway was away and listens anew', () => {
    const run = silent({});
    expect(run.tick(150).finding.active).toBe(true);
    run.scene = { ...run.scene, listeningSince: atSecond(500) };
    expect(run.tick(501).finding.active).toBe(true);
    run.scene = { ...run.scene, lastHeardAt: atSecond(502) };
    expect(run.readings(502, {}).finding.active).toBe(false);
  });

  it.each([{ isBound: false }, { lastHeardAt: null }])('proves nothing of a device with %j', scene => {
    expect(silent(scene).tick(1_000_000)).toMatchObject({ finding: { active: false }, dueAtSecond: null });
  });
});

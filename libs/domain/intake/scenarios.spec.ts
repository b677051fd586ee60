// Every row of the table of alarms, on the real intake and its store: raised once, not too soon, ended when it is over,
// and the same with a restart of the gateway before everything that happens.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Stores } from '#adapters/storage';
import { ruleSchema } from '#codecs/api';
import { openTemporarySqlite } from '../../adapters/storage/contracts/temporary-stores.contract.js';
import { dangers } from './dangers.fixture.js';
import { household } from './household.fixture.js';
import { Told } from './scenario.fixture.js';

const scenarios = [...dangers, ...household];

let stores: Stores;

beforeAll(async () => {
  stores = await openTemporarySqlite();
});

afterAll(() => stores.close());

describe.each(scenarios.map(scenario => [scenario.title, scenario] as const))('%s', (_, scenario) => {
  const { hold, raise, is, calm, clear, ends } = scenario;
  const open = { ...is, state: 'raised' };
  let told: Told;

  beforeAll(async () => {
    told = await Told.begin(stores, scenario);
  });

  it('is not raised by what only comes close', async () => {
    await told.play(hold);
    expect(await told.states()).toEqual([]);
  });

  it('is raised once', async () => {
    await told.play(raise);
    expect(await told.states()).toEqual([open]);
  });

  it('holds until it is over', async () => {
    await told.play(calm);
    expect(await told.states()).toEqual([open]);
    await told.play(clear);
    expect(await told.states()).toEqual([{ ...is, state: ends }]);
  });

  it('is the same with a restart before everything that happens', async () => {
    let restarts = 0;
    const restarted = await Told.begin(stores, scenario, async stage => {
      if (scenario.restarts !== 'at first' || restarts++ === 0) await stage.restart();
    });
    await restarted.play([...hold, ...raise, ...calm, ...clear]);
    expect(await restarted.outcome()).toEqual(await told.outcome());
  });
});

it('the table has every kind of rule but the clock, whose scenarios need a clock of the device', () => {
  const kinds = new Set(scenarios.map(({ rule }) => rule.kind));
  const all = ruleSchema.options.map(({ shape }) => shape.kind.value).filter(kind => kind !== 'clock');
  expect(all.filter(kind => !kinds.has(kind))).toEqual([]);
});

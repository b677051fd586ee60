// A home's plan of modes, with its doors: on time, over restarts, beside people who change the mode themselves, and for
// what is told late.
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { ModeSwitch } from '#codecs/api';
import { openTemporarySqlite } from '../../adapters/storage/contracts/temporary-stores.contract.js';
import { HomeModes } from './home-modes.js';
import { device, owner, stage, stageADevice, stores } from './set-stage.fixture.js';
import { minute, second, start } from './stage.contract.js';

const hour = 60 * minute;
const everyDay = [1, 2, 3, 4, 5, 6, 7];

describe('the plan of a home', () => {
  let modes: HomeModes;

  stageADevice(openTemporarySqlite);

  const begin = () => {
    const { intake, feed } = stage.process;
    modes = new HomeModes(stores.modePlans, stores.homes, stores.accounts, intake, feed, stage.clock);
  };

  beforeEach(async () => {
    begin();
    await stage.intake.changeMode(stage.home.id, 'home', owner);
  });

  /** By the clocks of the stage's home. */
  const timeIn = (ms: number): string =>
    new Intl.DateTimeFormat('en-GB', {
      timeZone: stage.home.timeZone,
      hour: '2-digit',
      minute: '2-digit',
    }).format(start + ms);
  const switchIn = (ms: number, mode: ModeSwitch['mode']): ModeSwitch => ({
    days: everyDay,
    at: timeIn(ms),
    mode,
  });
  const wait = async (ms: number) => {
    stage.clock.advance(ms);
    await modes.tick();
    await stage.intake.tick();
  };
  const restart = async () => {
    await stage.restart();
    begin();
    await modes.start();
  };
  const home = async () => (await stores.homes.byId(stage.home.id)) ?? stage.home;
  const rules = async () =>
    (await stage.alarms(device)).map(({ rule, clearedAt }) => [rule, clearedAt === null]);

  it('arms the doors at its time, and the switch is told to the page', async () => {
    await modes.put(stage.home, [switchIn(2 * hour, 'night')], owner);
    await stage.door(device, false);
    const { next } = await modes.view(stage.home);
    const due = next?.at ?? 0;
    expect(next).toMatchObject({ mode: 'night' });
    expect(due - start).toBeGreaterThan(hour);
    await wait(due - start - 1);
    expect(await home()).toMatchObject({ mode: 'home' });
    await wait(1);
    expect(await home()).toMatchObject({ mode: 'night', modeSince: due });
    expect(stage.process.feed.heardBy(owner.id, 'devices').length).toBeGreaterThan(0);
    await wait(minute);
    await stage.door(device, true);
    await wait(30 * second);
    expect(await rules()).toContainEqual(['thief', true]);
    expect((await modes.view(stage.home)).changes[0]).toEqual({ since: due, mode: 'night', by: null });
  });

  it('gives way to a person until its next switch, also over a restart', async () => {
    await modes.put(stage.home, [switchIn(hour, 'away'), switchIn(3 * hour, 'night')], owner);
    await wait(hour);
    expect(await home()).toMatchObject({ mode: 'away' });
    await wait(minute);
    await stage.intake.changeMode(stage.home.id, 'home', owner);
    await restart();
    await wait(hour);
    expect(await home()).toMatchObject({ mode: 'home' });
    expect((await modes.view(stage.home)).changes.slice(0, 2)).toMatchObject([
      { mode: 'home', by: owner.name },
      { mode: 'away', by: null },
    ]);
    await wait(hour);
    expect(await home()).toMatchObject({ mode: 'night' });
  });

  it('is made up for when its time came while the gateway was away, and changes no door falsely', async () => {
    await stage.door(device, true);
    await modes.put(stage.home, [switchIn(hour, 'night')], owner);
    stage.clock.advance(5 * hour);
    await restart();
    expect(await home()).toMatchObject({ mode: 'night' });
    expect((await home()).modeSince).toBeLessThan(start + hour + minute);
    // It stands open since before: a reminder, and no burglary.
    await stage.door(device, true);
    await wait(minute);
    expect((await rules()).map(([rule]) => rule)).not.toContain('thief');
  });

  it('finds the door that was opened by night while the gateway restarted, and came to be known by day', async () => {
    await stage.door(device, false);
    await modes.put(stage.home, [switchIn(hour, 'night'), switchIn(9 * hour, 'home')], owner);
    const opened = start + 3 * hour;
    stage.clock.advance(10 * hour);
    await restart();
    expect(await home()).toMatchObject({ mode: 'home' });
    for (const [at, open] of [
      [opened, true],
      [opened + 10 * minute, false],
    ] as const)
      await stage.say(device, {
        kind: 'telemetry',
        body: { boot: 1, seq: at - start, at, values: {}, bits: { 'door.open': open } },
      });
    const [alarm] = (await stage.alarms(device)).filter(({ rule }) => rule === 'thief');
    expect(alarm).toMatchObject({ occurredAt: opened, raisedAt: start + 10 * hour });
  });

  it('takes nothing from a door of before it was set, or by clocks that the home has no more', async () => {
    stage.clock.advance(2 * hour);
    await modes.put(stage.home, [switchIn(hour, 'away')], owner);
    await wait(minute);
    expect(await home()).toMatchObject({ mode: 'home' });
    await stores.homes.rename(stage.home.id, { timeZone: 'Pacific/Auckland' });
    await modes.moved(stage.home.id);
    await wait(minute);
    expect(await home()).toMatchObject({ mode: 'home' });
  });
});

// "Why did I (not) get this?", asked of an intake on a real store.
import { beforeEach, describe, expect, it } from '@jest/globals';
import { whySchema } from '#codecs/api';
import { Inbox } from '#domain/notices';
import { someone } from '../../adapters/storage/contracts/samples.contract.js';
import { openTemporarySqlite } from '../../adapters/storage/contracts/temporary-stores.contract.js';
import { Absences, signEveryMs } from './absences.js';
import { FileRoom } from './file-room.js';
import { RuleHistory } from './rule-history.js';
import { device, stage, stageADevice, stores } from './set-stage.fixture.js';
import { detector, minute, second, start } from './stage.contract.js';
import { Why } from './why.js';

describe('why', () => {
  let absences: Absences;

  stageADevice(openTemporarySqlite);

  beforeEach(() => {
    absences = new Absences(stores.absences, stage.clock);
  });

  const why = async (alarmId: string, person = stage.owner) => {
    const { alarms, accounts, intake, notices, outbox, endpoints } = stores;
    const { views } = stage.process;
    const room = new FileRoom(intake);
    const inbox = new Inbox(notices, outbox);
    const all = new Why(
      alarms,
      accounts,
      room,
      intake,
      views,
      inbox,
      notices,
      outbox,
      endpoints,
      absences,
      new RuleHistory(stores.products, intake),
      stage.clock,
    );
    return whySchema.parse(await all.about(alarmId, person));
  };

  it('leads from the packet over the rule and its figures to the messages of one person', async () => {
    await stage.gas(device, 20, { at: start - second });
    await stage.gas(device, 21, { at: start });
    const [alarm] = await stage.alarms(device);
    await stage.intake.acknowledge(alarm?.id ?? '', stage.owner);
    const told = await why(alarm?.id ?? '');
    expect(told.packet).toMatchObject({
      kind: 'telemetry',
      clock: 'device',
      receivedAt: start,
      body: { values: { 'gas.lel': 20 } },
    });
    expect(told.rule).toMatchObject({ id: 'leak', kind: 'gas', raiseAtLel: 10 });
    expect(told.notices.map(({ step }) => step)).toEqual(['raised', 'acknowledged']);
    expect(told.alarm.timeline.map(({ what }) => what)).toEqual(['raised', 'acknowledged']);
    expect(told.reasons.map(each => each.why)).toEqual(['only-this-page']);
  });

  it('shows the figures of then, whatever the product and the device were given since', async () => {
    const alarm = await stage.leak(device);
    stage.clock.advance(minute);
    const rules = detector.rules.map(rule => (rule.kind === 'gas' ? { ...rule, raiseAtLel: 15 } : rule));
    await stage.process.products.put(detector.id, { ...detector, rules }, stage.owner);
    expect((await why(alarm.id)).rule).toMatchObject({ id: 'leak', raiseAtLel: 10 });
  });

  it('says that somebody was not told, and whoever looks at the wrong person sees nothing of the right one', async () => {
    const alarm = await stage.leak(device);
    const { account: stranger } = await someone(stores);
    const { notices, reasons } = await why(alarm.id, stranger);
    expect(notices).toEqual([]);
    expect(reasons.map(each => each.why)).toContain('nobody-told');
  });

  it('says that it is shelved, and that the gateway was away meanwhile', async () => {
    await absences.end();
    const opened = start + minute;
    stage.clock.advance(10 * minute);
    expect(await absences.end()).toEqual({ from: start, until: start + 10 * minute });
    for (const at of [opened, opened + 20 * second])
      await stage.say(device, {
        kind: 'telemetry',
        body: { boot: 3, seq: at - start, at, values: { 'gas.lel': 20 } },
      });
    const [alarm] = await stage.alarms(device);
    await stage.intake.shelve(alarm?.id ?? '', { minutes: 5 }, stage.owner);
    const { reasons } = await why(alarm?.id ?? '');
    expect(reasons).toContainEqual({
      why: 'gateway-was-away',
      at: start,
      until: start + 10 * minute,
      detail: null,
    });
    expect(reasons).toContainEqual({ why: 'shelved', at: null, until: start + 15 * minute, detail: null });
    expect(reasons.map(each => each.why)).toContain('came-late');
  });

  it('knows no absence that is shorter than the time between two signs', async () => {
    await absences.end();
    stage.clock.advance(signEveryMs);
    expect(await absences.end()).toBeNull();
  });
});

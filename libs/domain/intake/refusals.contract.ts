// What the intake promises while the store refuses a message or takes nothing at all: nobody else's trouble, and nothing lost.
import { describe, expect, it } from '@jest/globals';
import type { Stores } from '#adapters/storage';
import { DomainError } from '#domain/errors';
import { until } from '../../../test/condition.js';
import { setTheStage, stage, stores } from './set-stage.fixture.js';
import { minute, storedStamps, upTo } from './stage.contract.js';

export function intakeThroughRefusals(open: () => Promise<Stores>): void {
  setTheStage(open);

  const stored = (deviceId: string) => storedStamps(stores, deviceId);

  describe('a message that the store refuses for what is in it', () => {
    /** What a database says of a row that breaks a constraint. */
    const refused = () => Object.assign(new Error('a value is refused'), { code: '23514' });
    const refuse = (...poison: number[]) => {
      stage.process.store.gate = async ({ inputs }) => {
        if (inputs.some(({ seq }) => poison.includes(seq ?? -1))) throw refused();
      };
    };

    it.each([
      ['alone', [1]],
      ['the first', [1, 2, 3, 4, 5]],
      ['the last', [-4, -3, -2, -1, 1]],
      ['in the middle of many', upTo(90).map(i => i - 40)],
    ])('becomes a dead letter and spoils no other (%s)', async (_, seqs) => {
      const device = await stage.device();
      refuse(1);
      const taken = await Promise.all(
        seqs.map(seq => stage.gas(device, 1, { seq: seq + 1000 * Number(seq !== 1) })),
      );
      const kinds = taken.map(({ kind }) => kind);
      expect(kinds).toEqual(seqs.map(seq => (seq === 1 ? 'condemned' : 'stored')));
      expect(await stored(device.id)).toEqual(seqs.filter(seq => seq !== 1).map(seq => seq + 1000));
      const [letter] = await stores.intake.deadLetters(1);
      expect(letter).toMatchObject({ deviceId: device.id, kind: 'telemetry' });
      expect(letter?.reason).toContain('a value is refused');
      expect(JSON.parse(Buffer.from(letter?.payload ?? []).toString())).toMatchObject({ seq: 1 });
    });

    it('is found among several of its kind, each device keeping its order, and answers come in it', async () => {
      const devices = [await stage.device(), await stage.device(), await stage.device()];
      refuse(7, 8, 31, 59);
      const answered: number[] = [];
      await Promise.all(
        upTo(60).map(seq =>
          stage.gas(devices[seq % 3] ?? { id: '' }, 1, { seq }).then(() => answered.push(seq)),
        ),
      );
      for (const [place, { id }] of devices.entries()) {
        const said = upTo(60).filter(seq => seq % 3 === place);
        expect(answered.filter(seq => seq % 3 === place)).toEqual(said);
        expect(await stored(id)).toEqual(said.filter(seq => ![7, 8, 31, 59].includes(seq)));
      }
      expect(stage.intake.counters).toMatchObject({ condemned: 4, malformed: 0, refused: 0 });
    });

    it('is not acknowledged while not even its dead letter can be stored', async () => {
      const device = await stage.device();
      stage.process.store.gate = async ({ inputs, deadLetters }) => {
        if (inputs.some(({ seq }) => seq === 1) || deadLetters.length > 0) throw refused();
      };
      const [bad, good] = await Promise.allSettled([
        stage.gas(device, 1, { seq: 1 }),
        stage.gas(device, 1, { seq: 2 }),
      ]);
      expect([bad.status, good.status]).toEqual(['rejected', 'fulfilled']);
    });

    it('is a person’s deed: the person is told, and the others go on', async () => {
      const device = await stage.boundDevice();
      const { id } = await stage.leak(device);
      stage.process.store.gate = async ({ inputs }) => {
        if (inputs.some(({ kind }) => kind === 'acknowledge')) throw refused();
      };
      const [acknowledged, taken] = await Promise.allSettled([
        stage.intake.acknowledge(id, stage.owner),
        stage.gas(device, 20),
      ]);
      expect([acknowledged.status, taken.status]).toEqual(['rejected', 'fulfilled']);
    });
  });

  describe('a store that is down', () => {
    const down = async () => {
      throw new DomainError('storage-unavailable', { detail: 'the disk is full' });
    };

    it('acknowledges nothing, and stores what waited for it once and in order when it is back', async () => {
      const [one, other] = [await stage.boundDevice(), await stage.boundDevice()];
      stage.process.store.gate = down;
      let answered = 0;
      const said = [
        stage.gas(one, 20, { seq: 501 }),
        stage.gas(one, 20, { seq: 502 }),
        stage.gas(other, 1, { seq: 503 }),
      ];
      for (const each of said) each.then(() => answered++);
      await until('it is found to be down', () => stage.intake.isStoreDown);
      // The device sends what was not acknowledged again.
      const again = stage.gas(one, 20, { seq: 501 });
      expect(answered).toBe(0);
      expect(await stage.alarms(one)).toEqual([]);
      stage.process.store.gate = async () => {};
      expect((await Promise.all([...said, again])).map(({ kind }) => kind)).toEqual([
        ...['stored', 'stored', 'stored', 'known'],
      ]);
      expect(stage.intake.isStoreDown).toBe(false);
      expect(await stored(one.id)).toEqual([...(await stored(one.id)).slice(0, -2), 501, 502]);
      expect(await stage.alarms(one)).toMatchObject([{ rule: 'leak', occurrence: 1, value: 20 }]);
      expect(await stage.told(stage.owner)).toEqual(['raised 0']);
    });

    it('refuses people at once, though messages wait', async () => {
      const device = await stage.boundDevice();
      const alarm = await stage.leak(device);
      stage.process.store.gate = down;
      const said = stage.gas(device, 30);
      await until('it is found to be down', () => stage.intake.isStoreDown);
      await expect(stage.intake.acknowledge(alarm.id, stage.owner)).rejects.toMatchObject({
        code: 'storage-unavailable',
      });
      stage.process.store.gate = async () => {};
      await said;
      await stage.intake.acknowledge(alarm.id, stage.owner);
    });

    it('does not keep a stop from ending: what waits is refused, and its device keeps it', async () => {
      const device = await stage.device();
      stage.process.store.gate = down;
      const said = stage.gas(device, 1, { seq: 1 });
      await until('it is found to be down', () => stage.intake.isStoreDown);
      const refused = expect(said).rejects.toThrow('the disk is full');
      await stage.intake.drain();
      await refused;
      expect(await stored(device.id)).toEqual([]);
    });

    it('only for one message, does not keep the others waiting for ever', async () => {
      const device = await stage.device();
      stage.process.store.gate = async ({ inputs }) => {
        if (inputs.some(({ seq }) => seq === 1)) await down();
      };
      const said = [1, 2, 3].map(seq => stage.gas(device, 1, { seq }));
      const outcomes = await Promise.allSettled(said);
      expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
    });

    it('loses no tick: what was due is asked again', async () => {
      const device = await stage.boundDevice();
      await stage.door(device, true);
      stage.clock.advance(6 * minute);
      stage.process.store.gate = down;
      await expect(stage.intake.tick()).rejects.toThrow('the disk is full');
      stage.process.store.gate = async () => {};
      await stage.wait(1000);
      expect((await stage.alarms(device)).map(({ rule }) => rule)).toContain('door');
    });
  });
}

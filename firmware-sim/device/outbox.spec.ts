// The outbox against a list that remembers everything.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Message, mostKept, Outbox } from './outbox.js';

const message = (seq: number, kind: Message['kind'] = 'telemetry'): Message => ({
  deviceId: 'g-1',
  kind,
  boot: 1,
  seq,
  payload: `{"seq":${seq}}`,
});
const picture = (seq: number, deviceId = 'c-1'): Message => ({
  deviceId,
  kind: 'snapshot',
  seq,
  payload: Uint8Array.of(seq),
});
const waiting = (outbox: Outbox) => outbox.waiting.map(entry => entry.message.seq);

describe('an outbox', () => {
  it('holds exactly what was added and not acknowledged, in order', () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.nat(200), { nil: undefined }), { maxLength: mostKept }), steps => {
        const outbox = new Outbox();
        const entries: ReturnType<Outbox['add']>[] = [];
        const gone = new Set<number>();
        for (const acknowledged of steps) {
          if (acknowledged === undefined) entries.push(outbox.add(message(entries.length)));
          const entry = acknowledged === undefined ? undefined : entries[acknowledged];
          if (entry && acknowledged !== undefined) {
            outbox.acknowledge(entry);
            gone.add(acknowledged);
          }
        }
        expect(waiting(outbox)).toEqual(entries.map((_, seq) => seq).filter(seq => !gone.has(seq)));
      }),
    );
  });

  it('gives up its oldest reading when it is full, and no event while there is a reading', () => {
    const outbox = new Outbox();
    outbox.add(message(0, 'event'));
    for (let seq = 1; seq <= mostKept; seq += 1) outbox.add(message(seq));
    expect(outbox.waiting).toHaveLength(mostKept);
    expect(waiting(outbox).slice(0, 2)).toEqual([0, 2]);
  });

  it('keeps the newest picture of each camera, and none in what is stored', () => {
    const outbox = new Outbox();
    outbox.add(message(1));
    outbox.add(picture(2));
    outbox.add(picture(3));
    outbox.add(picture(4, 'c-2'));
    expect(waiting(outbox)).toEqual([1, 3, 4]);
    expect(outbox.stored).toEqual([message(1)]);
  });

  it('tells of each change, and of no other', () => {
    let changes = 0;
    const outbox = new Outbox([], () => {
      changes += 1;
    });
    const entry = outbox.add(message(1));
    outbox.acknowledge(entry);
    outbox.acknowledge(entry);
    expect(changes).toBe(2);
  });
});

// The schedules as they go out: what is sent in which order and when.
import { describe, expect, it } from '@jest/globals';
import { encode, SCHEDULES, type Transmission, transmit } from './index.js';

const text = (value: string) => new TextEncoder().encode(value);
const program = encode({ ssid: text('HomeNet-2G'), password: text('secretpass'), random: 90 });
const round = program.sequences.flat();

/** The first cycle of a schedule, phase by phase. */
function firstCycle(name: keyof typeof SCHEDULES) {
  const sent = [...transmit(program, SCHEDULES[name])].filter(({ cycle }) => cycle === 0);
  const of = (phase: Transmission['phase']) => sent.filter(each => each.phase === phase);
  return { guide: of('guide'), magic: of('magic'), prefix: of('prefix'), data: of('data') };
}

describe.each(Object.values(SCHEDULES).map(schedule => [schedule.name, schedule] as const))(
  'the schedule %s',
  (_, schedule) => {
    const sent = [...transmit(program, schedule)];

    it('has each datagram due when the gaps before it are over', () => {
      let dueMs = 0;
      for (const { atMs, gapMs } of sent) {
        expect(atMs).toBe(dueMs);
        dueMs += gapMs;
      }
    });

    it('begins no cycle after its time, and has gaps of 4 to 10 ms', () => {
      const begins = sent.filter((each, index) => each.cycle !== sent[index - 1]?.cycle);
      expect(Math.max(...begins.map(({ atMs }) => atMs))).toBeLessThanOrEqual(41_999);
      for (const { gapMs } of sent) expect(gapMs >= 4 && gapMs <= 10).toBe(true);
    });

    it('sends every symbol of the program in every round', () => {
      const rounds = new Map<string, Transmission[]>();
      for (const each of sent.filter(({ phase }) => phase === 'data')) {
        const key = `${each.cycle} ${each.round}`;
        rounds.set(key, [...(rounds.get(key) ?? []), each]);
      }
      for (const each of rounds.values()) {
        const inOrder = each.toSorted((a, b) => a.position - b.position);
        expect(inOrder.map(({ length }) => length)).toEqual(round);
      }
    });
  },
);

describe('the order of the WeChat app', () => {
  it('is that which was measured', () => {
    const { guide, magic, prefix, data } = firstCycle('wechat');
    expect(guide).toHaveLength(51 * 4);
    expect(magic).toHaveLength(20 * 4);
    expect(prefix).toHaveLength(20 * 4);
    expect((data.at(-1)?.atMs ?? 0) - (data[0]?.atMs ?? 0)).toBeGreaterThanOrEqual(4_000);
    expect(data.slice(0, 2 * round.length).map(({ length }) => length)).toEqual([...round, ...round]);
    expect(new Set([...transmit(program, SCHEDULES.wechat)].map(({ cycle }) => cycle)).size).toBe(7);
  });
});

describe('the adaptive order', () => {
  it('begins each round one group later', () => {
    const { data } = firstCycle('adaptive');
    const groups = program.sequences.length;
    for (let each = 0; each < groups + 2; each++) {
      const [first] = data.filter(transmission => transmission.round === each);
      expect(first?.length).toBe(program.sequences[each % groups]?.[0]);
    }
  });

  it('is short at first, and then long enough for 13 channels of 100 ms', () => {
    const guides = [0, 1].map(cycle => {
      const sent = [...transmit(program, SCHEDULES.adaptive)];
      const guide = sent.filter(each => each.cycle === cycle && each.phase === 'guide');
      return (guide.at(-1)?.atMs ?? 0) - (guide[0]?.atMs ?? 0);
    });
    expect(guides[0]).toBeLessThan(1_000);
    expect(guides[1]).toBeGreaterThanOrEqual(1_300);
  });
});

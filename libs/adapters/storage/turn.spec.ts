// One writer at a time, in the order of asking.
import { describe, expect, it } from '@jest/globals';
import { Turn } from './turn.js';

describe('a turn', () => {
  it('lets one piece of work run at a time, in the order in which they asked', async () => {
    const turn = new Turn();
    const seen: string[] = [];
    const works = [3, 0, 2, 1].map((ticks, place) =>
      turn.take(async () => {
        seen.push(`${place} begins`);
        for (let tick = 0; tick < ticks; tick += 1) await Promise.resolve();
        seen.push(`${place} ends`);
      }),
    );
    await Promise.all(works);
    expect(seen).toEqual([0, 1, 2, 3].flatMap(place => [`${place} begins`, `${place} ends`]));
  });

  it('gives each its own result or error, and goes on after an error', async () => {
    const turn = new Turn();
    const failing = turn.take(() => {
      throw new Error('no');
    });
    const fine = turn.take(() => 7);
    await expect(failing).rejects.toThrow('no');
    expect(await fine).toBe(7);
  });

  it('ends what was taken before it ends, and takes nothing after', async () => {
    const turn = new Turn();
    let isDone = false;
    const work = turn.take(async () => {
      await Promise.resolve();
      isDone = true;
    });
    const ended = turn.end();
    await expect(turn.take(() => 1)).rejects.toThrow('closed');
    await ended;
    expect(isDone).toBe(true);
    await work;
  });
});

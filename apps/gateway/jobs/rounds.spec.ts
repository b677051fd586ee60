// Rounds: one after the other, and over when stopped.
import { describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { Rounds } from './rounds.js';

Logger.overrideLogger(false);

/** Resolves when `isSo`, looking again at each turn of the event loop. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise(resolve => setImmediate(resolve));
}

describe('rounds', () => {
  it('follow one another and never overlap', async () => {
    let [open, mostOpen, done] = [0, 0, 0];
    const rounds = new Rounds('test', 0, async () => {
      mostOpen = Math.max(mostOpen, ++open);
      await new Promise(resolve => setImmediate(resolve));
      open--;
      done++;
    });
    rounds.start();
    await until(() => done >= 5);
    await rounds.stop();
    expect(mostOpen).toBe(1);
  });

  it('go on after one that failed', async () => {
    let count = 0;
    const rounds = new Rounds('test', 0, async () => {
      if (++count === 1) throw new Error('the first one fails');
    });
    rounds.start();
    await until(() => count >= 3);
    await rounds.stop();
    expect(count).toBeGreaterThanOrEqual(3);
  });

  it('end with the round under way, and start no other', async () => {
    let finish = () => {};
    let [begun, ended] = [0, 0];
    const rounds = new Rounds('test', 0, async () => {
      begun++;
      await new Promise<void>(resolve => {
        finish = resolve;
      });
      ended++;
    });
    rounds.start();
    await until(() => begun === 1);
    const stopped = rounds.stop();
    expect(ended).toBe(0);
    finish();
    await stopped;
    expect([begun, ended]).toEqual([1, 1]);
  });
});

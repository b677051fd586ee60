// Holds what is told of a cause that is met again and again.
import { describe, expect, it } from '@jest/globals';
import { causesOf } from './same-reasons.js';

const failed = { why: 'channel-failed', until: null, detail: 'mail: 550' } as const;

describe('what kept messages back', () => {
  it('tells a cause once, from when to when, and how often', () => {
    expect(causesOf([10, 20, 30].map(at => ({ ...failed, at })))).toEqual([
      { ...failed, at: 10, lastAt: 30, count: 3 },
    ]);
  });

  it('keeps causes apart that differ in what explains them', () => {
    const causes = causesOf([
      { ...failed, at: 10 },
      { ...failed, at: 20, detail: 'ntfy: HTTP 403' },
      { why: 'shelved', at: null, until: 90, detail: null },
    ]);
    expect(causes.map(({ why, detail, count }) => [why, detail, count])).toEqual([
      ['channel-failed', 'mail: 550', 1],
      ['channel-failed', 'ntfy: HTTP 403', 1],
      ['shelved', null, 1],
    ]);
  });

  it('knows how long the last of them holds', () => {
    const [cause] = causesOf([
      { ...failed, at: null, until: 50 },
      { ...failed, at: 60, until: 70 },
    ]);
    expect(cause).toMatchObject({ at: 60, lastAt: 60, until: 70, count: 2 });
  });
});

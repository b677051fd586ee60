// Holds the choices of a shelf to what the gateway takes, and reads from a timeline until when an alarm is quiet.
import { describe, expect, it } from '@jest/globals';
import { shelfChoices, shelvedUntil } from './shelf.js';

const entry = (what: string, until?: number) => ({ at: 1, what, by: null, ...(until && { until }) });

describe('a shelf', () => {
  it('offers no more than its class allows: ten minutes for life safety', () => {
    expect(Math.max(...shelfChoices.L)).toBe(10);
    expect(Math.max(...shelfChoices.S)).toBe(24 * 60);
    expect(Math.max(...shelfChoices.T)).toBe(7 * 24 * 60);
  });

  it('holds until its time, and not past what is graver', () => {
    const timeline = [entry('raised'), entry('shelved', 100)];
    expect(shelvedUntil({ timeline }, 99)).toBe(100);
    expect(shelvedUntil({ timeline }, 100)).toBeNull();
    expect(shelvedUntil({ timeline: [...timeline, entry('worse')] }, 99)).toBeNull();
    expect(shelvedUntil({ timeline: [entry('raised')] }, 99)).toBeNull();
  });
});

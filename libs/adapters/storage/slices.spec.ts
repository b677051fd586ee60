// Slices of long work: how many rows fit into the moment that others may be kept waiting.
import { beforeEach, describe, expect, it } from '@jest/globals';
import { SliceSizes } from './slices.js';

describe('the size of a slice', () => {
  let sizes: SliceSizes<'events' | 'alarms'>;

  beforeEach(() => {
    sizes = new SliceSizes();
  });

  /** So many full slices of rows that cost so much each. */
  function take(kind: 'events' | 'alarms', slices: number, msARow: number): number[] {
    return Array.from({ length: slices }, () => {
      const rows = sizes.of(kind);
      sizes.took(kind, rows, rows * msARow);
      return rows;
    });
  }

  it('begins small, and grows to what goes in the moment and no further', () => {
    const rows = take('events', 10, 0.05);
    expect(rows.slice(0, 3)).toEqual([8, 16, 32]);
    expect(rows.at(-1)).toBe(60);
  });

  it('falls at once to what goes in the moment when rows take longer', () => {
    take('events', 10, 0.05);
    take('events', 1, 0.5);
    expect(sizes.of('events')).toBe(6);
  });

  it('is never nothing, however long a row takes', () => {
    take('events', 5, 100);
    expect(sizes.of('events')).toBe(1);
  });

  it('is bounded, however quick a row is', () => {
    expect(take('events', 20, 0).at(-1)).toBe(1_000);
  });

  it('does not grow by a slice that had less to take than it might', () => {
    sizes.took('events', 2, 0.1);
    expect(sizes.of('events')).toBe(8);
    sizes.took('events', 2, 6);
    expect(sizes.of('events')).toBe(4);
  });

  it('is each kind’s own', () => {
    take('events', 5, 0.01);
    expect(sizes.of('alarms')).toBe(8);
  });
});

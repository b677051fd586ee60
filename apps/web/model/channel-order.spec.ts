// Holds the order of channels to what a person did with it.
import { describe, expect, it } from '@jest/globals';
import { channelKindSchema } from '#codecs/api';
import { movedEarlier, rowsOf, toggled, usualOrder } from './channel-order.js';

describe('the order of channels', () => {
  it('begins with every channel that there is', () => {
    expect([...usualOrder].sort()).toEqual([...channelKindSchema.options].sort());
  });

  it('shows those that are left out behind those that are used', () => {
    const rows = rowsOf(['mail', 'ntfy']);
    expect(rows.slice(0, 2)).toEqual([
      { channel: 'mail', isUsed: true },
      { channel: 'ntfy', isUsed: true },
    ]);
    expect(rows.slice(2).map(({ isUsed }) => isUsed)).toEqual([false, false, false]);
  });

  it('moves one place at a time, and the first no further', () => {
    expect(movedEarlier(['ntfy', 'wecom', 'mail'], 'mail')).toEqual(['ntfy', 'mail', 'wecom']);
    expect(movedEarlier(['ntfy', 'mail'], 'ntfy')).toEqual(['ntfy', 'mail']);
    expect(movedEarlier(['ntfy', 'mail'], 'wecom')).toEqual(['ntfy', 'mail']);
  });

  it('leaves one out, and takes it back as the last', () => {
    const without = toggled(['ntfy', 'mail', 'wecom'], 'ntfy');
    expect(without).toEqual(['mail', 'wecom']);
    expect(toggled(without, 'ntfy')).toEqual(['mail', 'wecom', 'ntfy']);
  });
});

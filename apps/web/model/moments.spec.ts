// Holds how times are said: from packet to page, how long ago, at what time of day.
import { describe, expect, it } from '@jest/globals';
import { packetToPageMs } from './packet-to-page.js';
import { agoText, clockText } from './time-text.js';

describe('the time from packet to page', () => {
  it('is the difference in whole milliseconds', () => {
    expect(packetToPageMs({ receivedAt: 1_000 }, 1_042.4)).toBe(42);
  });

  it('is left out when the clocks disagree or the notice was caught up with', () => {
    expect(packetToPageMs({ receivedAt: 1_000 }, 999)).toBeNull();
    expect(packetToPageMs({ receivedAt: 1_000 }, 61_001)).toBeNull();
    expect(packetToPageMs({ receivedAt: 1_000 }, 61_000)).toBe(60_000);
  });
});

describe('how long ago something was', () => {
  const at = Date.UTC(2026, 10, 21, 12, 0, 0);
  it.each([
    [0, 'now', '现在'],
    [5, '5 seconds ago', '5秒钟前'],
    [59, '59 seconds ago', '59秒钟前'],
    [60, '1 minute ago', '1分钟前'],
    [3 * 3600 + 59, '3 hours ago', '3小时前'],
    [50 * 3600, '2 days ago', '前天'],
  ])('after %d seconds reads well in both languages', (seconds, english, chinese) => {
    expect(agoText(at, at + seconds * 1000, 'en')).toBe(english);
    expect(agoText(at, at + seconds * 1000, 'zh')).toBe(chinese);
  });

  it('is never in the future, whatever a browser takes for the time', () => {
    expect(agoText(at, at - 5_000, 'en')).toBe('now');
  });
});

describe('a time of day', () => {
  it('has its date only when it is not of today', () => {
    const at = new Date(2026, 10, 21, 14, 3, 9).getTime();
    expect(clockText(at, at + 1_000, 'en')).toBe('14:03:09');
    expect(clockText(at, at + 24 * 3_600_000, 'en')).toContain('Nov 21');
  });
});

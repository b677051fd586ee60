// Topic filters, against the examples of MQTT 3.1.1 §4.7 and against what "covers" means.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { filterCovers, filterMatches, isTopicFilter } from './topic-filter.js';

describe('a topic filter', () => {
  it.each(['#', '+', '/', 'a', 'a/#', '+/a/#', '/+', 'a//b', '+/+', 'sport/+/player1', ' '])(
    'may be %j',
    filter => {
      expect(isTopicFilter(filter)).toBe(true);
    },
  );

  it.each(['', 'a#', 'a/#/b', '#/a', 'a+', '+a/b', 'a/b+/c', '##', 'a\0b', 'x'.repeat(65_536)])(
    'may not be %j',
    filter => {
      expect(isTopicFilter(filter)).toBe(false);
    },
  );

  it.each([
    ['sport/tennis/player1/#', 'sport/tennis/player1', true],
    ['sport/tennis/player1/#', 'sport/tennis/player1/score/wimbledon', true],
    ['sport/#', 'sport', true],
    ['sport/tennis/+', 'sport/tennis/player1/ranking', false],
    ['sport/+', 'sport', false],
    ['sport/+', 'sport/', true],
    ['+/+', '/finance', true],
    ['/+', '/finance', true],
    ['+', '/finance', false],
    ['#', '$SYS/uptime', false],
    ['+/uptime', '$SYS/uptime', false],
    ['$SYS/#', '$SYS/uptime', true],
    ['a', 'a/b', false],
    ['a/b', 'a', false],
    ['Accounts', 'ACCOUNTS', false],
  ])('%s with the topic %s: %s', (filter, topic, matches) => {
    expect(filterMatches(filter, topic)).toBe(matches);
  });

  it('matches no topic that has a wildcard in it', () => {
    expect(filterMatches('#', 'a/+')).toBe(false);
    expect(filterMatches('a/+', 'a/#')).toBe(false);
  });
});

const level = fc.constantFrom('a', 'b', '', '$SYS', '+');
const filter = fc
  .tuple(fc.array(level, { minLength: 1, maxLength: 4 }), fc.boolean())
  .map(([levels, open]) => [...levels, ...(open ? ['#'] : [])].join('/'));

/** Topics that the filter matches, with levels that no rule names where it leaves the choice. */
function witnesses(asked: string): string[] {
  const levels = asked.split('/').map(each => (each === '+' ? '~' : each));
  if (levels.at(-1) !== '#') return [levels.join('/')];
  const above = levels.slice(0, -1);
  const deeper = Array.from({ length: 7 }, (_, more) => [...above, ...Array(more).fill('~')].join('/'));
  return deeper.filter(topic => filterMatches(asked, topic));
}

describe('one filter covers another', () => {
  it('exactly when it matches whatever the other matches', () => {
    fc.assert(
      fc.property(filter, filter, (granted, asked) => {
        const expected = witnesses(asked).every(topic => filterMatches(granted, topic));
        expect(filterCovers(granted, asked)).toBe(expected);
      }),
      { numRuns: 5_000 },
    );
  });

  it('never more than it matches itself', () => {
    expect(filterCovers('v1/devices/+/telemetry', 'v1/devices/#')).toBe(false);
    expect(filterCovers('v1/devices/+/telemetry', 'v1/devices/+/+')).toBe(false);
    expect(filterCovers('v1/devices/+/telemetry', 'v1/devices/gas-1/telemetry')).toBe(true);
    expect(filterCovers('v1/devices/+/+', 'v1/devices/+/telemetry')).toBe(true);
    expect(filterCovers('v1/#', '#')).toBe(false);
  });
});

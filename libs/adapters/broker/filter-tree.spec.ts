// Who listens to a topic: the tree finds exactly those whom a filter by filter comparison finds.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FilterTree } from './filter-tree.js';

type QoS = 0 | 1 | 2;

/** MQTT 3.1.1 §4.7, level by level, as it reads. */
function matches(filter: string, topic: string): boolean {
  if (topic.startsWith('$') && (filter.startsWith('+') || filter.startsWith('#'))) return false;
  const given = filter.split('/');
  const levels = topic.split('/');
  const open = given.at(-1) === '#';
  const fixed = open ? given.slice(0, -1) : given;
  if (open ? levels.length < fixed.length : levels.length !== fixed.length) return false;
  return fixed.every((level, i) => level === '+' || level === levels[i]);
}

const level = fc.constantFrom('a', 'b', '', '$SYS', 'é');
const topics = fc.array(level, { minLength: 1, maxLength: 4 }).map(levels => levels.join('/'));
const filters = fc
  .tuple(fc.array(fc.oneof(level, fc.constant('+')), { maxLength: 4 }), fc.boolean())
  .filter(([levels, open]) => levels.length > 0 || open)
  .map(([levels, open]) => [...levels, ...(open ? ['#'] : [])].join('/'));
const step = fc.record({
  filter: filters,
  listener: fc.constantFrom('x', 'y', 'z'),
  qos: fc.constantFrom<QoS>(0, 1, 2),
  isRemoved: fc.boolean(),
});

describe('the tree of filters', () => {
  it('finds for any topic and any history of subscriptions whom a comparison one by one finds', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), fc.array(topics, { maxLength: 8 }), (steps, asked) => {
        const tree = new FilterTree<string>();
        const naive = new Map<string, { filter: string; listener: string; qos: QoS }>();
        for (const { filter, listener, qos, isRemoved } of steps) {
          const key = `${filter} ${listener}`;
          if (isRemoved) tree.delete(filter, listener);
          else tree.set(filter, listener, qos);
          if (isRemoved) naive.delete(key);
          else naive.set(key, { filter, listener, qos });
        }
        for (const topic of asked) {
          const expected = new Map<string, number>();
          for (const { filter, listener, qos } of naive.values()) {
            const known = expected.get(listener) ?? 0;
            if (matches(filter, topic)) expected.set(listener, Math.max(qos, known));
          }
          expect(new Map(tree.match(topic) ?? [])).toEqual(expected);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('keeps nothing of filters that nobody has any more', () => {
    const tree = new FilterTree<string>();
    const before = JSON.stringify(tree, showMaps);
    for (const filter of ['#', '+/a/#', 'a/b', 'a/+', '+']) tree.set(filter, 'x', 1);
    for (const filter of ['+', 'a/+', 'a/b', '+/a/#', '#']) tree.delete(filter, 'x');
    tree.version = 0;
    expect(JSON.stringify(tree, showMaps)).toBe(before);
  });

  it('tells that something changed', () => {
    const tree = new FilterTree<string>();
    tree.set('a', 'x', 0);
    const { version } = tree;
    tree.match('a');
    expect(tree.version).toBe(version);
    tree.delete('a', 'x');
    expect(tree.version).not.toBe(version);
  });
});

function showMaps(_: string, value: unknown): unknown {
  return value instanceof Map ? [...value] : value;
}

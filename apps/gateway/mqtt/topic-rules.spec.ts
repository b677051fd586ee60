// The topic rules as properties: for random devices, hubs and topics, nothing is open across devices.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { downwardKinds, topicOf, upwardKinds } from '#codecs/wire';
import { mayHear, maySay } from './topic-rules.js';

const id = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,8}$/);
const speaker = fc.record({ deviceId: id, children: fc.array(id, { maxLength: 3 }) });
const kind = fc.constantFrom(...upwardKinds, ...downwardKinds);
const level = fc.oneof(id, kind, fc.constantFrom('+', '#', '', 'v1', 'devices', '$SYS', '..', ' '));
const anyTopic = fc.oneof(
  fc.array(level, { minLength: 1, maxLength: 6 }).map(levels => levels.join('/')),
  fc.tuple(level, level).map(([whom, what]) => `v1/devices/${whom}/${what}`),
  fc.string(),
);

describe('the topic rules', () => {
  it('open to a device exactly what the contract has for it and its children', () => {
    fc.assert(
      fc.property(speaker, who => {
        for (const own of [who.deviceId, ...who.children]) {
          for (const up of upwardKinds) expect(maySay(who, topicOf(own, up))).toBe(true);
          for (const down of downwardKinds) expect(mayHear(who, topicOf(own, down))).toBe(true);
        }
      }),
    );
  });

  it('open nothing of another device', () => {
    fc.assert(
      fc.property(speaker, id, kind, (who, other, what) => {
        fc.pre(other !== who.deviceId && !who.children.includes(other));
        expect(maySay(who, topicOf(other, what))).toBe(false);
        expect(mayHear(who, topicOf(other, what))).toBe(false);
      }),
    );
  });

  it('open no topic that does not begin with v1/devices/ and a name of one’s own', () => {
    fc.assert(
      fc.property(speaker, anyTopic, (who, topic) => {
        const isOwn = [who.deviceId, ...who.children].some(own => topic.startsWith(`v1/devices/${own}/`));
        if (!isOwn) expect([maySay(who, topic), mayHear(who, topic)]).toEqual([false, false]);
        if (/[+#]/.test(topic)) expect([maySay(who, topic), mayHear(who, topic)]).toEqual([false, false]);
      }),
      { numRuns: 1_000 },
    );
  });
});

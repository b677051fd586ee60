// The topic rules as properties: for random devices, hubs and topics, nothing is open across devices.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { downwardKinds, filterMatches, topicOf, upwardKinds } from '#codecs/wire';
import { mayHear, maySay } from './topic-rules.js';

const id = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,8}$/);
const speaker = fc.record({
  kind: fc.constant('device' as const),
  deviceId: id,
  children: fc.array(id, { maxLength: 3 }),
  isVital: fc.boolean(),
});
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

const filterLevel = fc.oneof(id, kind, fc.constantFrom('+', 'v1', 'devices', '$SYS'));
const filter = fc.oneof(
  fc
    .tuple(fc.array(filterLevel, { minLength: 1, maxLength: 4 }), fc.boolean())
    .map(([levels, open]) => [...levels, ...(open ? ['#'] : [])].join('/')),
  fc.tuple(fc.oneof(id, fc.constant('+')), kind).map(([whom, what]) => `v1/devices/${whom}/${what}`),
);
const filters = fc.array(filter, { maxLength: 3 });
const application = fc.record({
  kind: fc.constant('application' as const),
  applicationId: id,
  publish: filters,
  subscribe: filters,
});

describe('the topic rules of an application', () => {
  it('open nothing to one that was granted nothing', () => {
    fc.assert(
      fc.property(anyTopic, topic => {
        const who = { kind: 'application', applicationId: 'a', publish: [], subscribe: [] } as const;
        expect([maySay(who, topic), mayHear(who, topic)]).toEqual([false, false]);
      }),
    );
  });

  it('let it say commands alone, and those that a rule matches', () => {
    fc.assert(
      fc.property(application, id, kind, (who, whom, what) => {
        const topic = topicOf(whom, what);
        const isGranted = who.publish.some(rule => filterMatches(rule, topic));
        expect(maySay(who, topic)).toBe(what === 'command' && isGranted);
      }),
    );
  });

  it('let it hear no topic that none of its rules matches, whatever it asks for', () => {
    fc.assert(
      fc.property(application, fc.oneof(filter, anyTopic), id, kind, (who, asked, whom, what) => {
        const topic = topicOf(whom, what);
        if (!mayHear(who, asked) || !filterMatches(asked, topic)) return;
        expect(who.subscribe.some(rule => filterMatches(rule, topic))).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it('grant each of its rules as it stands, and no filter that is none', () => {
    fc.assert(
      fc.property(application, who => {
        for (const rule of who.subscribe) expect(mayHear(who, rule)).toBe(true);
        expect(mayHear({ ...who, subscribe: ['#'] }, 'a/#/b')).toBe(false);
        expect(mayHear({ ...who, subscribe: ['#'] }, '$SYS/#')).toBe(false);
        expect(mayHear({ ...who, subscribe: ['#'] }, '$share/group/#')).toBe(false);
      }),
    );
  });
});

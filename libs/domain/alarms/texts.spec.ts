// What people read about an alarm stands in both languages, and says nothing that is not so.
import { describe, expect, it } from '@jest/globals';
import { noticeStepSchema, ruleSchema, severitySchema, type Text } from '#codecs/api';
import type { Alarm } from './alarm.js';
import { alarmAdvice, alarmTitle, stepText, withoutActor } from './texts.js';

const kinds = ruleSchema.options.map(({ shape }) => shape.kind.value);
const steps = noticeStepSchema.exclude(['told']).options;
const kitchen: Text = { zh: '厨房', en: 'Kitchen' };

const alarm = (change: Partial<Alarm> = {}): Alarm => ({
  id: 'alarm',
  deviceId: 'device',
  epoch: 1,
  rule: 'rule',
  kind: 'gas',
  class: 'L',
  severity: 'critical',
  isDrill: false,
  occurrence: 1,
  value: 12.5,
  unit: '%LEL',
  occurredAt: 0,
  receivedAt: 0,
  raisedAt: 0,
  acknowledgedAt: null,
  acknowledgedBy: null,
  calmAt: null,
  clearedAt: null,
  endReason: null,
  repeatAt: null,
  repeats: 0,
  stage: 0,
  escalateAt: null,
  timeline: [],
  ...change,
});

const chinese = /\p{Script=Han}/u;

describe.each(kinds)('the texts of %s', kind => {
  it('have a title and advice in both languages', () => {
    for (const { zh, en } of severitySchema.options.flatMap(severity => [
      alarmTitle(alarm({ kind, severity })),
      alarmAdvice(alarm({ kind, severity })),
    ])) {
      expect(zh).toMatch(chinese);
      expect(en).toMatch(/[a-z]/);
      expect(en).not.toMatch(chinese);
    }
  });

  it.each(steps)('name device and alarm at the step %s', step => {
    const text = stepText(alarm({ kind }), step, kitchen);
    expect(text.zh).toContain('厨房');
    expect(text.zh).toContain(alarmTitle(alarm({ kind, severity: 'critical' })).zh);
    expect(text.en).toContain('Kitchen');
    expect(text.en).toContain(alarmTitle(alarm({ kind, severity: 'critical' })).en);
    expect(text.en).not.toMatch(chinese);
  });

  it('say something else at every step', () => {
    const said = steps.map(step => stepText(alarm({ kind, value: null }), step, kitchen));
    expect(new Set(said.map(({ zh }) => zh)).size).toBe(steps.length);
    expect(new Set(said.map(({ en }) => en)).size).toBe(steps.length);
  });
});

describe('the text of a step', () => {
  it('says the value with its unit when there is one', () => {
    expect(stepText(alarm(), 'raised', kitchen).en).toBe('Kitchen: Gas leak (12.5 %LEL)');
    expect(stepText(alarm({ unit: null }), 'raised', kitchen).zh).toBe('厨房：燃气泄漏 (12.5)');
    expect(stepText(alarm({ value: null }), 'raised', kitchen).en).toBe('Kitchen: Gas leak');
  });

  it('does not say that a danger is over when the device only changed hands', () => {
    const { zh, en } = stepText(alarm({ endReason: 'ownership-changed' }), 'cleared', kitchen);
    expect(en).toContain('may not be gone');
    expect(en).not.toContain('is over');
    expect(zh).not.toContain('解除');
  });

  it('does not say that a danger goes on when only nobody has acknowledged it', () => {
    expect(stepText(alarm({ calmAt: 5 }), 'repeat', kitchen).en).not.toContain('goes on');
  });

  it('tells what to do about gas without any switch', () => {
    expect(alarmAdvice(alarm({ kind: 'gas', severity: 'critical' })).en).toMatch(
      /^Switch nothing electrical/,
    );
    expect(alarmAdvice(alarm({ kind: 'gas', severity: 'critical' })).zh).toContain('不要开关任何电器');
  });
});

describe('the sentence about who sees to an alarm', () => {
  it.each(['Zoë "Q" $& Müller', '王 $1'])('says nothing of %s once they are gone', name => {
    const said = stepText(alarm(), 'acknowledged', kitchen, name);
    expect(said.en).toContain(name);
    expect(said.zh).toContain(name);
    expect(withoutActor(said, name)).toEqual(stepText(alarm(), 'acknowledged', kitchen));
    expect(withoutActor(said, 'Zoë')).toEqual(said);
  });

  it('is the only one that is about a person', () => {
    for (const step of steps) {
      const differs = stepText(alarm(), step, kitchen, 'Mei').en !== stepText(alarm(), step, kitchen).en;
      expect([step, differs]).toEqual([step, step === 'acknowledged']);
    }
  });
});

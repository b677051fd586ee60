// The device says of itself that it is out of order, or that it warms up and does not protect yet.
import type { RuleOf } from '#codecs/api';
import { bitRule } from './bit-rule.js';

export const fault = bitRule<RuleOf<'fault'>>({
  traits: { class: 'T', latched: false },
  severity: 'major',
  holdMs: () => 0,
  clearMs: () => 0,
});

export const warmUp = bitRule<RuleOf<'warm-up'>>({
  traits: { class: 'I', latched: false },
  severity: 'info',
  holdMs: () => 0,
  clearMs: () => 0,
});

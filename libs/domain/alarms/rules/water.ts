// Water where none should be: at the second sample or after some seconds; latched until a person resets it.
import type { RuleOf } from '#codecs/api';
import { bitRule } from './bit-rule.js';

export const water = bitRule<RuleOf<'water'>>({
  traits: { class: 'L', latched: true },
  severity: 'critical',
  holdMs: rule => rule.holdS * 1000,
  clearMs: rule => rule.clearAfterS * 1000,
});

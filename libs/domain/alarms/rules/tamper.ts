// Somebody opens the device itself: at once, armed or not, and a person looks at it before it is over.
import type { RuleOf } from '#codecs/api';
import { bitRule } from './bit-rule.js';

export const tamper = bitRule<RuleOf<'tamper'>>({
  traits: { class: 'S', latched: true },
  severity: 'major',
  holdMs: () => 0,
  clearMs: rule => rule.clearAfterS * 1000,
});

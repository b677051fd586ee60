// Smoke, as the detector in the room says: at once; latched until a person resets it.
import type { RuleOf } from '#codecs/api';
import { bitRule } from './bit-rule.js';

export const smoke = bitRule<RuleOf<'smoke'>>({
  traits: { class: 'L', latched: true },
  severity: 'emergency',
  holdMs: () => 0,
  clearMs: rule => rule.clearAfterS * 1000,
});

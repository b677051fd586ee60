// Holds that nobody is offered to give more than they have.
import { expect, it } from '@jest/globals';
import { capabilities, rightSchema } from '#codecs/api';
import { givable } from './givable.js';

it('is everything to an owner, and to a member what they have', () => {
  expect(givable({ as: 'owner', may: rightSchema.options })).toEqual(capabilities);
  expect(givable({ as: 'member', may: ['look', 'picture', 'share'] })).toEqual(['view', 'share']);
  expect(givable({ as: 'member', may: [] })).toEqual([]);
});

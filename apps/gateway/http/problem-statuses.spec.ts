// The table of HTTP statuses is whole.
import { describe, expect, it } from '@jest/globals';
import { errorCodes } from '#codecs/api';
import { problemStatuses } from './problem-statuses.js';

describe('the table of problem statuses', () => {
  it('has every error code and no other', () => {
    expect(Object.keys(problemStatuses).sort()).toEqual([...errorCodes].sort());
  });

  it('has statuses of failures only', () => {
    for (const status of Object.values(problemStatuses)) {
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(600);
    }
  });
});

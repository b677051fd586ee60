// The table of exit statuses: no code without a status, no status without a meaning, all of it in the help.
import { describe, expect, it } from '@jest/globals';
import { errorCodes } from '#codecs/api';
import { exitStatuses, ownErrorTitles, statusMeanings } from './exit-status.js';
import { Failure } from './failure.js';
import { typed } from './typed.fixture.js';

describe('the table of exit statuses', () => {
  it('has every error code of the API, every code of its own, and no other', () => {
    expect(Object.keys(exitStatuses).sort()).toEqual([...errorCodes, ...Object.keys(ownErrorTitles)].sort());
  });

  it('never ends a failure with 0, and only with statuses that have a meaning', () => {
    expect(Object.values(exitStatuses)).not.toContain(0);
    const used = new Set(Object.values(exitStatuses).map(String));
    expect([...used].sort()).toEqual(
      Object.keys(statusMeanings)
        .filter(status => status !== '0')
        .sort(),
    );
  });

  it('stands in the help, status by status', async () => {
    const { out } = await typed(['--help']);
    for (const [status, meaning] of Object.entries(statusMeanings)) {
      expect(out).toContain(`${status.padStart(2)}  ${meaning}`);
    }
  });

  it.each(errorCodes)('has a sentence for %s', code => {
    expect(new Failure(code).message).toMatch(/^[A-Z].*[.?]$/);
  });
});

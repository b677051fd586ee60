// Columns for people: aligned whatever the script, and harmless whatever was stored.
import { describe, expect, it } from '@jest/globals';
import { facts, table } from './table.js';

describe('a table', () => {
  it('aligns its columns, Chinese names counted as two cells a character', () => {
    expect(
      table(
        ['NAME', 'STATE'],
        [
          ['燃气', 'online'],
          ['Door', 'offline'],
          ['Cam', ''],
        ],
      ),
    ).toBe('NAME  STATE\n燃气  online\nDoor  offline\nCam\n');
  });

  it('lets no stored name drive the terminal', () => {
    const drawn = table(['NAME'], [['\u001b[2Jgas\r\nalarm\u202e\u0007']]);
    expect(drawn).toBe('NAME\n\ufffd[2Jgas\ufffd\ufffdalarm\ufffd\ufffd\n');
  });
});

describe('facts', () => {
  it('leave out what is not known', () => {
    expect(
      facts([
        ['Device', 'A1'],
        ['Hub', null],
        ['名称', '门'],
      ]),
    ).toBe('Device  A1\n名称    门\n');
  });
});

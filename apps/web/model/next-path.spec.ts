// Tries to be led to another site after signing in.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { nextPath, withNext } from './next-path.js';

describe('the way back after signing in', () => {
  it.each(['/', '/devices/d1', '/d/0ABC?from=label#top', '/alarms/a%2Fb'])('keeps our own path %s', path => {
    expect(nextPath(path)).toBe(path);
  });

  it.each([
    null,
    '',
    'devices',
    'https://elsewhere.example/',
    '//elsewhere.example/',
    '/\\elsewhere.example/',
    '/\t/elsewhere.example/',
    '/.//elsewhere.example/',
    '/x/..//elsewhere.example/',
    'javascript:alert(1)',
  ])('never follows %j', path => {
    expect(nextPath(path)).toBe('/');
  });

  it('stays on this site whatever the link holds', () => {
    const site = 'https://home.example';
    const nasty = fc.string({
      unit: fc.constantFrom('/', '\\', '.', ':', '@', '?', '#', '\t', '\n', 'a', '%2f', 'http'),
    });
    fc.assert(
      fc.property(nasty, wanted => {
        expect(new URL(nextPath(wanted), site).origin).toBe(site);
      }),
      { numRuns: 2000 },
    );
  });

  it('is left out of the address when it is the first page', () => {
    expect(withNext('/sign-in', '/')).toBe('/sign-in');
    expect(withNext('/sign-in', '/d/0ABC')).toBe('/sign-in?next=%2Fd%2F0ABC');
  });
});

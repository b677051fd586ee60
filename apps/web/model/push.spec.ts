// Holds who is told that web push needs https.
import { describe, expect, it } from '@jest/globals';
import { pushNeedsHttps } from './push.js';

describe('whether a page could receive web push', () => {
  it.each([
    ['https:', 'home.example', false],
    ['http:', 'localhost', false],
    ['http:', '127.0.0.1', false],
    ['http:', '[::1]', false],
    ['http:', '192.168.1.20', true],
    ['http:', 'home.example', true],
    ['http:', 'localhost.example', true],
  ])('%s//%s: told that https is needed is %s', (protocol, hostname, told) => {
    expect(pushNeedsHttps({ protocol, hostname })).toBe(told);
  });
});

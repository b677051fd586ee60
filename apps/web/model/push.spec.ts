// What a person is told about web push in their browser.
import { describe, expect, it } from '@jest/globals';
import { browserName, type PushSurroundings, pushSupport } from './push.js';

const modern: PushSurroundings = {
  isSecureContext: true,
  hasPushManager: true,
  isAppleTouch: false,
  isOnHomeScreen: false,
  permission: 'default',
};

describe('web push', () => {
  it.each([
    ['ready', 'in a browser of today', {}],
    ['ready', 'when it was allowed', { permission: 'granted' }],
    ['needs-https', 'over plain http', { isSecureContext: false, hasPushManager: false }],
    ['needs-home-screen', 'on an iPhone', { hasPushManager: false, isAppleTouch: true }],
    [
      'unsupported',
      'on an old iPhone’s home screen',
      {
        hasPushManager: false,
        isAppleTouch: true,
        isOnHomeScreen: true,
      },
    ],
    ['unsupported', 'in a browser without it', { hasPushManager: false }],
    ['denied', 'when it was refused', { permission: 'denied' }],
  ] as const)('is %s %s', (support, _, change) => {
    expect(pushSupport({ ...modern, ...change })).toBe(support);
  });
});

describe('the name of a browser', () => {
  it.each([
    [
      'Chrome · Android',
      'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/130.0.0.0 Mobile Safari/537.36',
    ],
    [
      'Safari · iPhone',
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1',
    ],
    ['Edge · Windows', 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/130.0.0.0 Safari/537.36 Edg/130.0'],
    ['Firefox · Linux', 'Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0'],
    ['', 'something'],
  ])('is %s', (name, userAgent) => {
    expect(browserName(userAgent)).toBe(name);
  });
});

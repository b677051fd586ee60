// Holds whose word counts for the language.
import { describe, expect, it } from '@jest/globals';
import { pickLocale } from './locale.js';

describe('the language of the pages', () => {
  it('is what the person chose here, before all else', () => {
    expect(pickLocale('en', 'zh', ['zh-CN'])).toBe('en');
  });

  it('is else the one of the account', () => {
    expect(pickLocale(null, 'zh', ['en-US'])).toBe('zh');
    expect(pickLocale('klingon', 'zh', ['en-US'])).toBe('zh');
  });

  it.each([
    [['zh-CN', 'en'], 'zh'],
    [['ZH-Hant-TW'], 'zh'],
    [['de-DE', 'zh'], 'zh'],
    [['fr', 'en-GB', 'zh'], 'en'],
    [['zha'], 'en'],
    [[], 'en'],
  ] as const)('is else the first of the browser that we speak: %j gives %s', (ofBrowser, expected) => {
    expect(pickLocale(null, undefined, ofBrowser)).toBe(expected);
  });
});

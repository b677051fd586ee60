// Holds the two languages to each other, and the errors to their table.
import { describe, expect, it } from '@jest/globals';
import { errorCodes } from '#codecs/api';
import { counterText, counterWords } from './counter-texts.js';
import { en } from './en.js';
import { errorTexts } from './error-texts.js';
import { wordBooks } from './word-texts.js';
import { zh } from './zh.js';

interface Tree {
  readonly [key: string]: string | Tree;
}

function flat(tree: Tree, prefix = ''): Map<string, string> {
  return new Map(
    Object.entries(tree).flatMap(([key, value]): [string, string][] =>
      typeof value === 'string' ? [[prefix + key, value]] : [...flat(value, `${prefix}${key}.`)],
    ),
  );
}

const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(match => match[1]).sort();
const han = /\p{Script=Han}/u;

describe('the texts of the pages', () => {
  const inEnglish = flat(en);
  const inChinese = flat(zh);

  it('exist in both languages, key by key', () => {
    expect([...inChinese.keys()].sort()).toEqual([...inEnglish.keys()].sort());
  });

  it.each([...inEnglish.keys()])('%s says the same with the same values', key => {
    const english = inEnglish.get(key) ?? '';
    const chinese = inChinese.get(key) ?? '';
    expect(english.trim()).not.toBe('');
    expect(chinese.trim()).not.toBe('');
    expect(placeholders(chinese)).toEqual(placeholders(english));
    expect(chinese.split('|')).toHaveLength(english.split('|').length);
    expect(english).not.toMatch(han);
  });
});

describe('the sentences for errors', () => {
  it.each(['en', 'zh'] as const)('know every error code in %s, and no other', locale => {
    expect(Object.keys(errorTexts[locale]).sort()).toEqual([...errorCodes].sort());
  });

  it.each(errorCodes)('%s has a sentence in each language', code => {
    expect(errorTexts.en[code]).toMatch(/^[A-Z].+[.]$/);
    expect(errorTexts.zh[code]).toMatch(/。$/);
    expect(errorTexts.zh[code]).toMatch(han);
  });
});

describe('the words of timelines, ledgers and receipts', () => {
  it('are the same ones in both languages', () => {
    expect([...flat(wordBooks.zh).keys()].sort()).toEqual([...flat(wordBooks.en).keys()].sort());
  });
});

describe('the words for what the gateway counts', () => {
  it('are the same ones in both languages', () => {
    expect(Object.keys(counterWords.zh).sort()).toEqual(Object.keys(counterWords.en).sort());
  });

  it('name a reason beside its family, and leave an unknown count as it is', () => {
    expect(counterText('zh', 'refused.credentials')).toEqual({ text: '拒绝', code: 'credentials' });
    expect(counterText('en', 'of.late')).toEqual({ text: '', code: 'of.late' });
  });
});

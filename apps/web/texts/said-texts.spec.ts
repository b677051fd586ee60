// Holds what channels write into receipts to words that are read in Chinese too.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { saidText } from './said-texts.js';

const rooms = ['adapters/channels', 'domain/notices'].map(room =>
  join(import.meta.dirname, '../../../libs', room),
);

/** The sentences in the sources of those who write receipts: what stands after `detail`, and the faults that are told. */
const sentences = rooms
  .flatMap(room => readdirSync(room).map(name => join(room, name)))
  .filter(path => path.endsWith('.ts') && !/\.(spec|fixture|contract)\.ts$/.test(path))
  .flatMap(path => [
    ...readFileSync(path, 'utf8').matchAll(/(?:detail(?::| =)|super\()[^'`;]*['`]([a-z][^'`$]*)/g),
  ])
  .map(([, sentence = '']) => sentence);

describe('what became of a message', () => {
  it('is found in the sources', () => {
    expect(sentences).toContain('no answer in time');
    expect(sentences).toContain('the address is a private one');
  });

  it.each(sentences)('“%s” is read in Chinese', sentence => {
    expect(saidText('zh', sentence)).not.toMatch(/[a-z]{2,} [a-z]{2,}/);
  });

  it('keeps what others say, and English as it is', () => {
    expect(saidText('zh', 'HTTP 301: redirects are not followed')).toBe('HTTP 301: 不跟随跳转');
    expect(saidText('zh', 'SMTP 550 5.1.1')).toBe('SMTP 550 5.1.1');
    expect(saidText('en', 'no answer in time')).toBe('no answer in time');
  });
});

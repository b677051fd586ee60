// What DATABASE_URL may say.
import { describe, expect, it } from '@jest/globals';
import { locateDatabase } from './database-url.js';

describe('DATABASE_URL', () => {
  it.each([
    ['sqlite:data/airbind.db', 'data/airbind.db'],
    ['sqlite:/var/lib/airbind.db', '/var/lib/airbind.db'],
    ['sqlite:///var/lib/airbind.db', '/var/lib/airbind.db'],
    ['file:./a b.db', './a b.db'],
    ['file:///a.db', '/a.db'],
  ])('%s is the file %s', (url, path) => {
    expect(locateDatabase(url)).toEqual({ dialect: 'sqlite', path });
  });

  it.each(['postgres://u:p@h:5432/d', 'postgresql://h/d?sslmode=require'])('%s is PostgreSQL', url => {
    expect(locateDatabase(url)).toEqual({ dialect: 'postgres', url });
  });

  it.each(['', 'airbind.db', 'sqlite:', 'mysql://u:secret@h/d', 'postgres://'])(
    'says what it takes instead of %j, without repeating it',
    url => {
      expect(() => locateDatabase(url)).toThrow(/^takes sqlite:PATH, file:PATH or postgres:\/\/…$/);
    },
  );

  it('refuses a database in memory', () => {
    expect(() => locateDatabase('sqlite::memory:')).toThrow('takes a file');
  });
});

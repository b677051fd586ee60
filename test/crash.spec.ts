// A slice of `npm run soak:crash`: a gateway that is killed at random moments under load keeps its word.
import { beforeAll, expect, it } from '@jest/globals';
import { build, Program } from './program.js';

beforeAll(build, 240_000);

it('a gateway that is killed ten times has all that it acknowledged, once, in order, with its alarms', async () => {
  const { status, stdout, stderr } = await Program.run(
    ['apps/run.mjs', 'bench', 'crash-soak', '--kills', '10', '--seed', '7'],
    { HOME: process.env.HOME ?? '/nonexistent' },
  );
  expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
  const report = JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
  expect(report).toMatchObject({ bench: 'crash-soak', kills: 10, seed: 7, brokenWords: [] });
  expect(report.acknowledged).toBeGreaterThan(0);
  expect(report.inTheMiddle).toBeGreaterThan(0);
}, 600_000);

it('a gateway that acknowledges before it stores is caught', async () => {
  const planted = new URL('planted/early-answer.mjs', import.meta.url).href;
  const { status, stdout } = await Program.run(
    ['apps/run.mjs', 'bench', 'crash-soak', '--kills', '3', '--seed', '7', '--planted', planted],
    { HOME: process.env.HOME ?? '/nonexistent' },
  );
  const { brokenWords } = JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
  expect(brokenWords.filter((word: string) => /was acknowledged and is lost/.test(word))).not.toEqual([]);
  expect(status).toBe(1);
}, 600_000);

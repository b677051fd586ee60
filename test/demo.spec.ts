// `npm run demo -- --once` as a process: how it ends when all goes well, and what it says when a step does not happen.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { build, Program } from './program.js';

const once = ['apps/run.mjs', 'demo', '--once', '--data'];

describe('the demo without a person', () => {
  let folder: string;

  beforeAll(async () => {
    await build();
    folder = await mkdtemp(join(tmpdir(), 'airbind-demo-'));
  }, 240_000);

  afterAll(() => rm(folder, { recursive: true }));

  it('ends with 0 and one line of JSON, after each step has been told', async () => {
    const { status, stdout, stderr } = await Program.run([...once, join(folder, 'demo')]);
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: expect.any(String), stderr: '' });
    const lines = stdout.trimEnd().split('\n');
    const last = JSON.parse(lines.at(-1) ?? '');
    expect(last).toEqual({
      provisioned: 4,
      bound: true,
      alarm: { raised: true, packetToInboxMs: expect.any(Number) },
      acknowledged: true,
      cleared: true,
      totalMs: expect.any(Number),
    });
    expect(Object.keys(last)).toEqual([
      'provisioned',
      'bound',
      'alarm',
      'acknowledged',
      'cleared',
      'totalMs',
    ]);
    const told = lines.slice(0, -1).join('\n');
    const inOrder = [
      /listens/,
      /joined after/,
      /connected/,
      /pressed/,
      /Bound/,
      /ALARM/,
      /Acknowledged/,
      /Reset/,
    ];
    const places = inOrder.map(step => told.search(step));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places).not.toContain(-1);
  });

  it('ends with 1 and a sentence, not a stack, when it has nowhere to write', async () => {
    const file = join(folder, 'a-file');
    await writeFile(file, '');
    const { status, stdout, stderr } = await Program.run([...once, join(file, 'demo')]);
    expect(status).toBe(1);
    expect(stdout).toMatch(/^The demo ends here\. .*a-file/m);
    expect(stdout + stderr).not.toMatch(/\n +at /);
  });
});

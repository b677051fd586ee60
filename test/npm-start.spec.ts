// `npm start` as a process: whoever stops npm stops the gateway, and in order.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { onFreePorts } from './gateway-process.js';
import { build, Program } from './program.js';

/** npm tells its scripts where it stands; without it these specs were not started by npm. */
const npm = process.env.npm_execpath;
const describeUnderNpm = npm ? describe : describe.skip;
if (!npm) console.log('skipped: test/npm-start.spec.ts needs npm (start the tests with "npm test")');

describeUnderNpm('npm start', () => {
  let folder: string;

  beforeAll(async () => {
    await build();
    folder = await mkdtemp(join(tmpdir(), 'airbind-npm-start-'));
  }, 240_000);

  afterAll(() => rm(folder, { recursive: true }));

  it('leaves no gateway behind when npm itself is told to end', async () => {
    const program = Program.start([npm ?? '', 'start'], onFreePorts(folder));
    await program.said(/certified alarm system/);
    // Ends when nobody holds its output any more: neither npm nor what it started.
    const { stderr } = await program.signal('SIGTERM');
    expect(stderr).toContain('"event":"stopped"');
  });
});

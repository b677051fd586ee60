// A maker at the command line for end-to-end specs: a gateway, a folder, and what is typed there.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from '@jest/globals';
import { type Outcome, typed } from '../apps/cli/typed.fixture.js';
import { startTestGateway, TestCaller, type TestGateway } from '../apps/gateway/gateway.fixture.js';
import { PlainDevice } from './plain-device.js';

// Live exports: who imports them sees what the test at hand was given.
export let gateway: TestGateway;
export let operator: TestCaller;
export let folder: string;

/** One gateway for the whole file, and an empty folder for each of its tests. */
export function sitDown(): void {
  beforeAll(async () => {
    gateway = await startTestGateway({ PUBLIC_URL: 'https://gas.example' });
    operator = new TestCaller(gateway.url, gateway.cliToken);
  });
  afterAll(() => gateway.close());

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'airbind-maker-'));
  });
  afterEach(() => rm(folder, { recursive: true }));
}

export const inFolder = (name: string): string => join(folder, name);

export function airbind(line: string, redraws = false): Promise<Outcome> {
  const environment = { AIRBIND_URL: gateway.url, AIRBIND_TOKEN: gateway.cliToken };
  return typed(line.split(' '), { environment, redraws });
}

export async function done(line: string): Promise<Outcome> {
  const outcome = await airbind(line);
  expect([line, outcome.status, outcome.err.match(/^airbind: .*/m)]).toEqual([line, 0, null]);
  return outcome;
}

export const batchNamed = (batch: string) => operator.call('batch', { params: { batch } });
export const devicesOf = (batch: string) => operator.call('batchDevices', { params: { batch } });

/** Rows of a CSV without quotes, by heading. */
export async function rowsOf(file: string): Promise<Record<string, string>[]> {
  const [heading = '', ...lines] = (await readFile(file, 'utf8')).trim().split('\n');
  const names = heading.split(',');
  return lines.map(line => Object.fromEntries(line.split(',').map((cell, i) => [names[i], cell])));
}

export async function letIn({ id = '', secret = '' }: Record<string, string>): Promise<boolean> {
  return PlainDevice.connect({ id, secret }, gateway.mqttPort).then(
    async device => {
      await device.cut();
      return true;
    },
    () => false,
  );
}

export async function listed(text: string): Promise<string> {
  const file = inFolder('units.csv');
  await writeFile(file, text);
  return file;
}

export async function devicesIdsOf(batch: string, count: number): Promise<string[]> {
  const { id } = await batchNamed(batch);
  return Array.from({ length: count }, (_, i) => `d${id}-${i + 1}`);
}

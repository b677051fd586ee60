// A gateway that is started wrongly: it says all that is wrong at once, and ends.
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { gatewayEntry, onFreePorts } from './gateway-process.js';
import { build, Program } from './program.js';

describe('whoever starts the gateway wrongly', () => {
  let folder: string;

  beforeAll(async () => {
    await build();
    folder = await mkdtemp(join(tmpdir(), 'airbind-bad-settings-'));
  }, 240_000);

  afterAll(() => rm(folder, { recursive: true }));

  const start = (environment: Record<string, string>) =>
    Program.run([gatewayEntry], { ...onFreePorts(folder), ...environment });

  it('reads all that is wrong in the settings at once, variable by variable', async () => {
    const wrong = {
      HTTP_PORT: 'eighty',
      MQTT_PORT: '99999',
      PUBLIC_URL: 'nowhere',
      LOG_LEVEL: 'loud',
      MQTT_BURST: '-1',
      DATABASE_URL: 'oracle://keeper:opensesame@db',
    };
    const { status, stderr, stdout } = await start(wrong);
    expect(status).toBe(78);
    for (const name of Object.keys(wrong)) expect(stderr).toMatch(new RegExp(`^ *${name} .{5,}$`, 'm'));
    expect(stderr).not.toContain('opensesame');
    expect(stdout).toBe('');
  });

  it.each(['HTTP_PORT', 'MQTT_PORT'])(
    'reads which port is in use and that %s chooses another',
    async variable => {
      const squatter = createServer().listen(0, '127.0.0.1');
      await once(squatter, 'listening');
      const address = squatter.address();
      const port = String(typeof address === 'object' && address?.port);
      const { status, stderr } = await start({ [variable]: port, LOG_LEVEL: 'silent' });
      squatter.close();
      expect(status).toBe(69);
      expect(stderr).toContain(port);
      expect(stderr).toContain(variable);
      expect(stderr).not.toMatch(/\bat .*\.js:\d+/);
    },
  );
});

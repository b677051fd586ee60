// What can be known of an interface, on machines that tell it and on those that do not.
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { frequencyMhz, ipv4Interfaces, isWifi } from './interfaces.js';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'airbind-interfaces-'));
  for (const place of ['devices/wlan0/wireless', 'devices/wlp3s0/phy80211', 'devices/eth0'])
    await mkdir(join(folder, place), { recursive: true });
});

afterAll(() => rm(folder, { recursive: true }));

/** What a program that is called like `iw` and says this is understood to say, however long it takes. */
async function toldBy(text: string): Promise<number | undefined> {
  const path = join(folder, `iw-${text.length}`);
  await writeFile(path, `#!/bin/sh\ncat <<'EOF'\n${text}\nEOF\n`);
  await chmod(path, 0o755);
  return frequencyMhz('wlan0', path, 50_000);
}

describe('an interface', () => {
  it.each([
    ['wlan0', true],
    ['wlp3s0', true],
    ['eth0', false],
    ['nowhere0', undefined],
  ])('%s is Wi-Fi: %s', (name, expected) => {
    expect(isWifi(name, join(folder, 'devices'))).toBe(expected);
  });

  it('is Wi-Fi or not, nobody knows, where the system does not describe it', () => {
    expect(isWifi('en0', join(folder, 'no-such-place'))).toBeUndefined();
  });

  it('has the frequency that iw tells', async () => {
    const fiveGhz = 'Interface wlan0\n\ttype managed\n\tchannel 36 (5180 MHz), width: 80 MHz';
    expect(await toldBy(fiveGhz)).toBe(5180);
    expect(await toldBy('\tchannel 6 (2437.5 MHz), width: 20 MHz')).toBe(2437);
  });

  it('has none that could be known without iw, or while it is not connected', async () => {
    expect(await frequencyMhz('wlan0', join(folder, 'no-such-program'))).toBeUndefined();
    expect(await toldBy('Interface wlan0')).toBeUndefined();
  });

  it('broadcasts to the last address of its network', () => {
    expect(ipv4Interfaces()).toContainEqual(
      expect.objectContaining({ address: '127.0.0.1', broadcast: '127.255.255.255', isLoopback: true }),
    );
  });
});

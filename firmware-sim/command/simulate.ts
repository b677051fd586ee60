// Runs a simulated home in a terminal until somebody has had enough.
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fastPace, type Identity, realPace } from '../device/index.js';
import { narrate, prepareHome, readHome } from '../home/index.js';
import { keysHelp, pressKey } from './keys.js';
import type { SimOptions } from './options.js';
import { readRoster, register } from './registration.js';
import { authorityOf, certified } from './tls-files.js';

/** Where it is watched and what is typed. */
export interface Surroundings {
  write(line: string): void;
  /** Calls back for each key, and at the latest when the process is asked to end; returns how to stop it. */
  listen(key: (key: string) => void): () => void;
}

export async function simulate(options: SimOptions, { write, listen }: Surroundings): Promise<void> {
  const authority = await authorityOf(options);
  const identities = await certified(await residents(options), options);
  await mkdir(dirname(options.state), { recursive: true });
  const home = await prepareHome({
    identities,
    broker: options.broker,
    authority,
    wifi: { ssid: options.ssid, password: options.wifiPassword },
    airkissPorts: options.airkissPort,
    ackPort: options.ackPort,
    discoveryPort: options.discoveryPort,
    seed: options.seed,
    stateFile: options.state,
    provisioned: options.provisioned,
    pace: options.fast ? fastPace : realPace,
  });
  narrate(home, write);
  write(`${home.devices.length} ${home.devices.length === 1 ? 'device' : 'devices'}. Keys: ${keysHelp}`);
  await home.start();
  await new Promise<void>(resolve => {
    const deaf = listen(key => {
      if (!pressKey(key, home, write)) return;
      deaf();
      resolve();
    });
  });
  await home.stop();
}

/** From the file that was named, else from the state file, else made at the gateway. */
async function residents(options: SimOptions): Promise<Identity[]> {
  if (options.identities) return readRoster(options.identities);
  const known = (await readHome(options.state)).map(({ identity }) => identity);
  if (known.length > 0) return known;
  if (options.gas + options.co + options.door + options.camera === 0) {
    throw new Error(
      `nobody lives in ${options.state} yet: say who shall, for example --gas 1 (--help tells more)`,
    );
  }
  return register(options, options);
}

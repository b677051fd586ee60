// Our own broker without the gateway around it, as `npm run broker:bare` starts it.
import { fileURLToPath } from 'node:url';
import type { Peer } from './mosquitto.js';
import { Program } from './program.js';

export async function startBare(): Promise<Peer> {
  const entry = fileURLToPath(new URL('../../bare/main.js', import.meta.url));
  const program = Program.start(process.execPath, [entry, '--port', '0']);
  const said = await program.said('stdout', /mqtt:\/\/\S+:\d+/);
  return { program, port: Number(/:(\d+)\s/.exec(said)?.[1]) };
}

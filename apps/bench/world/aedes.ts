// The bare Aedes as a peer to compare with.
import { fileURLToPath } from 'node:url';
import type { Peer } from './mosquitto.js';
import { Program } from './program.js';

export async function startAedes(): Promise<Peer> {
  const entry = fileURLToPath(new URL('./bare-aedes.js', import.meta.url));
  const program = Program.start(process.execPath, [entry]);
  const said = await program.said('stdout', /listening on \d+/);
  return { program, port: Number(/listening on (\d+)/.exec(said)?.[1]) };
}

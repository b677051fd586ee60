// Mosquitto from PATH, as a peer to compare with: in memory only, with or without a password file.
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { connectionTo } from '../load/connection.js';
import { Program } from './program.js';

const run = promisify(execFile);
const patienceMs = 10_000;

export interface Login {
  readonly id: string;
  readonly secret: string;
}

export interface Peer {
  readonly program: Program;
  readonly port: number;
}

/** Its version; null when it is not installed. */
export async function mosquittoVersion(): Promise<string | null> {
  // It has no option that prints its version and ends well.
  const said = await run('mosquitto', ['-h']).catch((fault: { stdout?: string }) => fault);
  return /mosquitto version (\S+)/.exec(said.stdout ?? '')?.[1] ?? null;
}

/** @param logins who may come in, by a password file; everybody when left out */
export async function startMosquitto(folder: string, logins?: readonly Login[]): Promise<Peer> {
  const port = await freePort();
  const file = join(folder, 'mosquitto.conf');
  const access = logins
    ? `allow_anonymous false\npassword_file ${await passwordFile(folder, logins)}\n`
    : 'allow_anonymous true\n';
  // Started by root it would else become somebody who may not read its own password file.
  await writeFile(
    file,
    `listener ${port} 127.0.0.1\n${access}user ${userInfo().username}\npersistence false\nlog_type error\n`,
  );
  const program = Program.start('mosquitto', ['-c', file]);
  await listening(program, port);
  return { program, port };
}

/** Written in plain, then hashed by Mosquitto's own tool with its own number of rounds. */
async function passwordFile(folder: string, logins: readonly Login[]): Promise<string> {
  const path = join(folder, 'mosquitto.passwords');
  await writeFile(path, logins.map(({ id, secret }) => `${id}:${secret}\n`).join(''), { mode: 0o600 });
  await run('mosquitto_passwd', ['-U', path]);
  return path;
}

async function listening(program: Program, port: number): Promise<void> {
  for (const end = Date.now() + patienceMs; Date.now() < end && !program.hasEnded; await delay(20)) {
    const socket = await connectionTo(port).catch(() => null);
    if (socket) return void socket.destroy();
  }
  throw new Error('mosquitto did not come up');
}

/** A free port of loopback, for whoever cannot say which one it took. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address ? address.port : 0;
}

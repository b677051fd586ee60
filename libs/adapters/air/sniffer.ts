// Live captures: the system's own program listens with the rights it has, and writes to a pipe.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { basename } from 'node:path';

/** The programs that are tried, and how each is told to write packets to its output as they come. */
const PROGRAMS = {
  tcpdump: (name: string) => ['-i', name, '-U', '-n', '-s', '256', '-w', '-'],
  dumpcap: (name: string) => ['-q', '-i', name, '-P', '-s', '256', '-w', '-'],
} as const;

/** Tried in this order when nothing else is said. */
const SNIFFERS: readonly string[] = Object.keys(PROGRAMS);

/** A path to one of them, or to something that is called like tcpdump. */
const wordsFor = (program: string, name: string): string[] =>
  basename(program).startsWith('dumpcap') ? PROGRAMS.dumpcap(name) : PROGRAMS.tcpdump(name);

/** Why nothing can be heard. */
export class SnifferFault extends Error {
  override readonly name = 'SnifferFault';

  constructor(
    readonly kind: 'no-program' | 'refused' | 'no-interface' | 'failed',
    /** What the program said. */
    readonly said: string,
  ) {
    super(`${kind}: ${said}`);
  }
}

const REFUSALS: readonly (readonly [SnifferFault['kind'], RegExp])[] = [
  ['refused', /permission|not permitted|don't have|privilege/i],
  ['no-interface', /no such device|no such interface|does ?n.t exist|not found|bad interface/i],
];

export interface SniffOptions {
  readonly interface: string;
  readonly signal: AbortSignal;
  /** Name or path of the program; the first that is there when left out. */
  readonly program?: string;
}

/** Yields a capture in pieces until the signal says so. Throws SnifferFault. */
export async function* sniff({ interface: name, signal, program }: SniffOptions): AsyncGenerator<Uint8Array> {
  const programs = program === undefined ? SNIFFERS : [program];
  for (const each of programs) {
    const child = spawn(each, wordsFor(each, name), { stdio: ['ignore', 'pipe', 'pipe'] });
    if (!(await isStarted(child))) continue;
    yield* outputOf(child, signal);
    return;
  }
  throw new SnifferFault('no-program', programs.join(', '));
}

async function isStarted(child: ChildProcess): Promise<boolean> {
  try {
    await once(child, 'spawn');
    return true;
  } catch {
    return false;
  }
}

async function* outputOf(child: ChildProcess, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const stop = () => child.kill('SIGINT');
  const closed = once(child, 'close');
  let said = '';
  child.stderr?.on('data', (text: Buffer) => {
    said = `${said}${text}`.slice(-2_000);
  });
  signal.addEventListener('abort', stop);
  if (signal.aborted) stop();
  try {
    yield* child.stdout ?? [];
    const [code] = await closed;
    if (code !== 0 && !signal.aborted) throw faultFrom(said);
  } finally {
    signal.removeEventListener('abort', stop);
    if (child.exitCode === null) stop();
  }
}

function faultFrom(said: string): SnifferFault {
  const kind = REFUSALS.find(([, pattern]) => pattern.test(said))?.[0] ?? 'failed';
  return new SnifferFault(kind, said.trim().split('\n').at(-1) ?? '');
}

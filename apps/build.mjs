// Builds dist from the sources that changed since the last build, one process at a time; progress goes to stderr.
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
export const dist = join(root, 'dist');
const lock = join(dist, '.lock');

const parts = {
  code: {
    title: 'types and code',
    sources: ['apps', 'libs', 'firmware-sim', 'package.json', 'tsconfig.json', 'tsconfig.build.json'],
    outside: ['apps/web'],
    needs: 'tsconfig.build.json',
    tool: 'node_modules/typescript/bin/tsc',
    args: ['-p', 'tsconfig.build.json'],
    memory: join(dist, 'tsconfig.build.tsbuildinfo'),
    hasAssets: true,
  },
  web: {
    title: 'pages',
    sources: ['apps/web', 'libs/codecs', 'package.json'],
    outside: [],
    needs: 'apps/web/vite.config.ts',
    tool: 'node_modules/vite/bin/vite.js',
    args: ['build', 'apps/web', '--outDir', join(dist, 'web'), '--emptyOutDir', '--logLevel', 'warn'],
    hasAssets: false,
  },
};

const notASource = /^(\..*|node_modules|dist|.*\.(spec|contract)\.tsx?)$/;
const notAnAsset = /\.(tsx?|mjs|md)$|^tsconfig.*\.json$|\/tsconfig[^/]*\.json$|^package\.json$/;
const signals = { SIGINT: 2, SIGTERM: 15, SIGHUP: 1 };

const say = text => process.stderr.write(text);
const stampOf = name => join(dist, `.${name}.stamp`);

/** Every source file of a part as [path from the root, stat], always in the same order. */
function* sourcesOf({ sources, outside }) {
  for (const path of sources) {
    const stat = statSync(join(root, path), { throwIfNoEntry: false });
    if (stat?.isFile()) yield [path, stat];
    if (!stat?.isDirectory() || outside.includes(path)) continue;
    const names = readdirSync(join(root, path)).filter(name => !notASource.test(name));
    yield* sourcesOf({ sources: names.sort().map(name => `${path}/${name}`), outside });
  }
}

/** Changes with every edited, added, renamed or deleted source, also when the file that comes is an older one. */
function fingerprint(part) {
  const hash = createHash('sha1');
  for (const [path, { mtimeMs, size }] of sourcesOf(part)) hash.update(`${path} ${mtimeMs} ${size}\n`);
  return hash.digest('hex');
}

function isStale(name) {
  return !existsSync(stampOf(name)) || readFileSync(stampOf(name), 'utf8') !== fingerprint(parts[name]);
}

/** Brings over what tsc leaves behind: the data files that the code reads from beside itself. */
function copyAssets(part) {
  for (const [path] of sourcesOf(part)) {
    if (notAnAsset.test(path)) continue;
    mkdirSync(dirname(join(dist, path)), { recursive: true });
    copyFileSync(join(root, path), join(dist, path));
  }
}

/** Runs a Node tool and resolves to {ok, output}; a signal to this process ends the tool too. */
async function run({ tool, args }) {
  const { spawn } = await import('node:child_process');
  const child = spawn(process.execPath, [join(root, tool), ...args], {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const passOn = signal => {
    child.kill(signal);
    process.exit(128 + signals[signal]);
  };
  for (const signal of Object.keys(signals)) process.once(signal, passOn);
  const output = [];
  child.stdout.on('data', chunk => output.push(chunk));
  child.stderr.on('data', chunk => output.push(chunk));
  const status = await new Promise(resolve => child.once('close', resolve));
  for (const signal of Object.keys(signals)) process.off(signal, passOn);
  return { ok: status === 0, output: Buffer.concat(output).toString() };
}

async function build(name) {
  const part = parts[name];
  // Taken before the build: a file saved while the tool runs makes the next start build again.
  const built = fingerprint(part);
  // Gone until the build is whole: dist is of no known state in between.
  rmSync(stampOf(name), { force: true });
  const startedMs = performance.now();
  say(`building: ${part.title} … `);
  const { ok, output } = await run(part);
  say(`${ok ? '' : 'failed after '}${((performance.now() - startedMs) / 1000).toFixed(1)} s\n`);
  if (!ok) {
    say(output);
    return false;
  }
  if (part.hasAssets) copyAssets(part);
  writeFileSync(stampOf(name), built);
  return true;
}

/** Makes the next build a whole one: with its memory and without its files, tsc would see nothing to write. */
function forget(name) {
  for (const file of [stampOf(name), parts[name].memory]) if (file) rmSync(file, { force: true });
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function lockOwner() {
  try {
    const [pid] = readdirSync(lock);
    return pid && Number(pid);
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Removes the lock of one owner and nobody else's: the file in the lock has the owner's pid for its name. */
function unlock(pid) {
  rmSync(join(lock, String(pid)), { force: true });
  try {
    rmdirSync(lock);
  } catch {
    // Gone already, or the next owner is in it.
  }
}

/** True when the lock is ours: a directory moves onto nothing or an empty one, never onto one with an owner in it. */
function claimLock() {
  const mine = `${lock}.${process.pid}`;
  mkdirSync(mine, { recursive: true });
  writeFileSync(join(mine, String(process.pid)), '');
  try {
    renameSync(mine, lock);
    return true;
  } catch (error) {
    rmSync(mine, { recursive: true });
    if (['ENOTEMPTY', 'EEXIST', 'EPERM'].includes(error.code)) return false;
    throw error;
  }
}

/** Waits until this process alone may write to dist; the lock of a dead process is taken over. */
async function takeLock() {
  let isTold = false;
  for (;;) {
    const owner = lockOwner();
    if (owner !== undefined && isAlive(owner)) {
      if (!isTold) say(`building: waiting for process ${owner}, which builds …\n`);
      isTold = true;
      await new Promise(resolve => setTimeout(resolve, 100));
      continue;
    }
    if (owner !== undefined) unlock(owner);
    if (claimLock()) return;
  }
}

/**
 * Brings the named parts (code, web) up to date; builds them wholly when `mustStartOver()` says so, which is asked
 * again once the lock is held, for another process may have built by then.
 * Resolves to `ready`, to `failed` once the errors are printed, or to `no-tools` when something is stale and
 * the compilers are not installed. A package without sources is always ready.
 */
export async function bringUpToDate(names, mustStartOver) {
  const wanted = names.filter(name => existsSync(join(root, parts[name].needs)));
  if (!wanted.some(isStale) && !mustStartOver()) return 'ready';
  if (wanted.some(name => !existsSync(join(root, parts[name].tool)))) return 'no-tools';
  mkdirSync(dist, { recursive: true });
  await takeLock();
  try {
    if (mustStartOver()) wanted.forEach(forget);
    for (const name of wanted) if (isStale(name) && !(await build(name))) return 'failed';
    return 'ready';
  } finally {
    unlock(process.pid);
  }
}

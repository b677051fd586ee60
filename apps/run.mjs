// Starts an app in this same process, so that signals and exit codes are its own, after building what changed.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bringUpToDate, dist, root } from './build.mjs';

const apps = {
  gateway: { entry: 'apps/gateway/main.js', parts: ['code', 'web'] },
  demo: { entry: 'apps/demo/main.js', parts: ['code', 'web'] },
  cli: { entry: 'apps/cli/main.js', parts: ['code'] },
  bench: { entry: 'apps/bench/main.js', parts: ['code'] },
  bare: { entry: 'apps/bare/main.js', parts: ['code'] },
  'firmware-sim': { entry: 'firmware-sim/main.js', parts: ['code'] },
};

function giveUp(sentence, status = 1) {
  process.stderr.write(`${sentence}\n`);
  process.exit(status);
}

function refuseOldNode() {
  const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const [wantedMajor, wantedMinor] = engines.node.match(/\d+/g).map(Number);
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return;
  giveUp(
    `Airbind needs Node ${wantedMajor}.${wantedMinor} or newer; this is Node ${process.versions.node}. See https://nodejs.org/.`,
  );
}

async function buildOnly(force) {
  const outcome = await bringUpToDate(['code', 'web'], () => force);
  if (outcome === 'no-tools') giveUp('The build tools are not installed: run npm ci first.');
  if (outcome === 'failed') process.exit(1);
}

async function start(name, args) {
  const { entry, parts } = apps[name];
  const main = join(dist, entry);
  const outcome = await bringUpToDate(parts, () => !existsSync(main));
  if (outcome === 'failed') process.exit(1);
  if (!existsSync(main)) {
    giveUp(
      outcome === 'no-tools'
        ? `${name} is not built yet, and the build tools are not installed: run npm ci first.`
        : `There is no ${name} to start: the build left no dist/${entry}.`,
    );
  }
  process.argv = [process.argv[0], main, ...args];
  stopWithNpm();
  await import(pathToFileURL(main).href);
}

/** npm ends on SIGTERM without telling what it started: whoever stops `npm start` means the app. */
function stopWithNpm() {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    process.kill(process.pid, 'SIGTERM');
  }, 250);
  watch.unref();
}

refuseOldNode();
const [name, ...args] = process.argv.slice(2);
if (name === '--build-only') {
  await buildOnly(args.includes('--force'));
} else if (Object.keys(apps).includes(name)) {
  await start(name, args);
} else {
  giveUp(`usage: node apps/run.mjs ${Object.keys(apps).join('|')} [arguments…] | --build-only [--force]`, 64);
}

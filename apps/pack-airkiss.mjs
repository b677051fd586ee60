// Writes the publishable package of codecs/airkiss: plain JavaScript with types, no dependency.
import { spawnSync } from 'node:child_process';
import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const source = join(root, 'libs/codecs/airkiss');
const target = resolve(process.argv[2] ?? join(root, 'dist/packages/airkiss'));
const { version, license, engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

rmSync(target, { recursive: true, force: true });
const compiler = join(root, 'node_modules/typescript/bin/tsc');
const options =
  '--target es2023 --module nodenext --moduleResolution nodenext --strict --declaration --skipLibCheck';
const places = [
  '--typeRoots',
  join(root, 'node_modules/@types'),
  '--types',
  'node',
  '--rootDir',
  source,
  '--outDir',
  target,
];
const { status, stdout } = spawnSync(
  process.execPath,
  [compiler, ...options.split(' '), ...places, '--ignoreConfig', join(source, 'index.ts')],
  { cwd: root, encoding: 'utf8' },
);
if (status !== 0) {
  process.stderr.write(stdout);
  process.exit(1);
}
copyFileSync(join(source, 'README.md'), join(target, 'README.md'));
copyFileSync(join(root, 'LICENSE'), join(target, 'LICENSE'));
const manifest = {
  name: 'airkiss',
  version,
  description: 'AirKiss encoder and decoder: Wi-Fi credentials by the lengths of datagrams.',
  license,
  type: 'module',
  engines,
  exports: { '.': { types: './index.d.ts', default: './index.js' } },
  types: './index.d.ts',
  sideEffects: false,
};
writeFileSync(join(target, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
process.stderr.write(`written: ${target}\n`);

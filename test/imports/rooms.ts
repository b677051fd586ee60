// The plan of the house as data: which rooms there are, what each may stand on, and who may touch what from outside.

const codecs = inside('libs/codecs', ['airkiss', 'api', 'capture', 'label', 'ticket', 'wire']);

/** In the order of the floor: each room may stand on those before it. */
const domainInOrder = inside('libs/domain', [
  'errors',
  'clock',
  'accounts',
  'homes',
  'certificates',
  'devices',
  'applications',
  'binding',
  'sharing',
  'alarms',
  'notices',
  'intake',
  'personal',
  'erasure',
  'farewell',
]);
const provisioning = 'libs/domain/provisioning';
const domain = [...domainInOrder, provisioning];

const adapters = inside('libs/adapters', ['air', 'broker', 'channels', 'storage', 'wechat']);

/** Every room and the rooms it may import from, itself aside. */
export const rooms: ReadonlyMap<string, readonly string[]> = new Map([
  ...codecs.map(room => [room, room === 'libs/codecs/airkiss' ? [] : codecs] as const),
  ...domainInOrder.map((room, place) => [room, [...codecs, ...domainInOrder.slice(0, place)]] as const),
  [provisioning, [...codecs, 'libs/domain/errors', 'libs/domain/clock']],
  ...adapters.map(room => [room, [...codecs, ...domain]] as const),
  ['apps/gateway', [...codecs, ...domain, ...adapters]],
  // A running gateway is reached over HTTP alone, so the database and the broker are out of the command's reach.
  ['apps/cli', [...codecs, ...domain, 'libs/adapters/air']],
  ['apps/demo', [...codecs, ...domain, ...adapters, 'apps/gateway', 'apps/cli', 'firmware-sim']],
  ['apps/bare', [...codecs, ...domain, ...adapters, 'apps/gateway']],
  ['apps/bench', [...codecs, ...domain, ...adapters, 'apps/gateway', 'firmware-sim']],
  ['apps/web', codecs],
  ['firmware-sim', codecs],
]);

/** From the ground up; apps/web and firmware-sim stand on the ground floor too, but nobody stands on them. */
export const floors: readonly string[] = ['libs/codecs/', 'libs/domain/', 'libs/adapters/', ''];

/** The names of the imports map in package.json, as prefixes of a room's path. */
export const doorSigns: readonly (readonly [sign: string, path: string])[] = [
  ['#codecs/', 'libs/codecs/'],
  ['#domain/', 'libs/domain/'],
  ['#adapters/', 'libs/adapters/'],
  ['#apps/', 'apps/'],
  ['#firmware-sim', 'firmware-sim'],
];

export const topLevelFolders: ReadonlySet<string> = new Set([
  'apps',
  'libs',
  'firmware-sim',
  'test',
  'docs',
  '.ci',
  '.github',
]);

/** Packages and Node modules that a codec may import; a room that is not named here has the list of `others`. */
export const codecMayImport: {
  readonly [room: string]: readonly string[];
  readonly others: readonly string[];
} = {
  'libs/codecs/airkiss': [],
  // These two also run in a browser.
  'libs/codecs/api': ['zod', 'qrcode'],
  'libs/codecs/wire': ['zod', 'qrcode'],
  'libs/codecs/label': ['zod', 'qrcode', 'node:crypto', 'pdfkit'],
  others: ['zod', 'qrcode', 'node:crypto'],
};

/** What domain may know of each package of NestJS. */
export const nestInDomain: { readonly [specifier: string]: readonly string[] } = {
  '@nestjs/common': ['Injectable', 'Module'],
};

/** Packages and Node modules that touch the world, their subpaths included. */
export const worldly: readonly string[] = [
  '@fastify',
  'aedes',
  'better-sqlite3',
  'better-sqlite3-13',
  'dgram-as-promised',
  'fastify',
  'mqtt',
  'pg',
  'typeorm',
  'ws',
  'node:child_process',
  'node:cluster',
  'node:dgram',
  'node:dns',
  'node:fs',
  'node:http',
  'node:http2',
  'node:https',
  'node:net',
  'node:readline',
  'node:sqlite',
  'node:tls',
  'node:worker_threads',
];

export const readsEnvironment = /^(apps\/[^/]+\/(settings|environment)|firmware-sim\/settings)\.ts$/;

export const emptyNames: ReadonlySet<string> = new Set([
  'common',
  'helper',
  'helpers',
  'manager',
  'managers',
  'shared',
  'util',
  'utils',
]);

function inside(floor: string, names: readonly string[]): string[] {
  return names.map(name => `${floor}/${name}`);
}

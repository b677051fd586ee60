// Holds a tree of files against the plan of the house and says what breaks it, by file, line and rule.
import { findCircles } from './circles.js';
import {
  codecMayImport,
  emptyNames,
  nestInDomain,
  readsEnvironment,
  rooms,
  topLevelFolders,
  worldly,
} from './rooms.js';
import { type Import, readSource, type Source } from './source.js';
import { floorOf, isStep, placeNamed, roomOf, type Step, type Tree, type Way, wayOf } from './way.js';

/** The rules by name, each in a sentence. */
export const rules = {
  'downward-only': 'imports go downward: codecs ← domain ← adapters ← apps',
  'order-of-domain':
    'on the domain floor: errors, clock ← accounts ← homes ← devices ← binding ← alarms ← notices ← intake; provisioning beside them, on errors and clock',
  'airkiss-alone': 'codecs/airkiss imports nothing from outside itself',
  'adapters-apart': 'an adapter never imports another adapter',
  'apps-apart': 'an app imports only what its line in the table of rooms names',
  'web-on-codecs-alone': 'apps/web imports codecs and nothing else of the house',
  'sim-on-codecs-alone': 'firmware-sim imports codecs and nothing else of the house',
  'front-door': "a room is entered by its index: '#codecs/wire', or './entities/index.js' inside the room",
  'no-circle': 'no circle of imports, among files or among rooms',
  'pure-codec':
    'a codec knows zod, qrcode and node:crypto (airkiss, api and wire no node:crypto; label also pdfkit), no NestJS, no I/O',
  'plain-domain':
    'domain knows Injectable and Module of NestJS, and touches no database, broker, server, file or socket',
  'environment-in-settings': "process.env is read in an app's settings.ts or environment.ts alone",
  'readable-import': 'an import names its module in a plain string',
  'telling-name':
    'no utils, helpers, common, shared, manager; no I before an interface, no Impl behind a class',
  'known-place': 'top level: apps libs firmware-sim test docs .ci .github; code lives in a room of the table',
  'opening-sentence': 'a file opens with a comment that says what it is for',
} as const;

export type { Tree } from './way.js';
export type RuleName = keyof typeof rules;

export interface Violation {
  readonly rule: RuleName;
  readonly file: string;
  readonly line: number;
  readonly detail: string;
}

type Finding = Omit<Violation, 'file'>;

/** Everything that breaks a rule. Specs and `test/` may import what they like: they are checked for names alone. */
export function checkImports(tree: Tree): Violation[] {
  const steps: Step[] = [];
  const violations: Violation[] = [];
  for (const [path, text] of tree) {
    const source = isCode(path) ? readSource(path, text) : undefined;
    const ways = source && !isForTests(path) ? source.imports.map(each => wayOf(tree, path, each)) : [];
    steps.push(...ways.filter(isStep));
    const findings = [
      ...checkPlace(path),
      ...checkOpening(path, text),
      ...(source ? [...checkNames(source), ...checkEnvironment(source)] : []),
      ...ways.flatMap(way => checkWay(tree, path, way)),
    ];
    violations.push(...findings.map(finding => ({ ...finding, file: path })));
  }
  return [...violations, ...checkCircles(steps)];
}

/** `file:line rule: detail (the rule in a sentence)`, for people. */
export function describeViolation({ rule, file, line, detail }: Violation): string {
  return `${file}:${line} ${rule}: ${detail} (${rules[rule]})`;
}

const isForTests = (path: string): boolean =>
  path.startsWith('test/') || /\.(spec|contract|fixture)\.tsx?$/.test(path);

const isListed = (specifier: string, list: readonly string[]): boolean =>
  list.some(entry => specifier === entry || specifier.startsWith(`${entry}/`));

function checkWay(tree: Tree, path: string, way: Way): Finding[] {
  if (isStep(way)) return [...checkRoom(way), ...checkFrontDoor(tree, way)];
  if (way.outside !== undefined) return checkOutside(path, way.outside, way);
  return [{ rule: 'readable-import', line: way.line, detail: 'imports by a computed name' }];
}

function checkRoom({ from, to, specifier, line }: Step): Finding[] {
  const room = roomOf(from);
  const entered = roomOf(to);
  if (!room || !entered || room === entered || rooms.get(room)?.includes(entered)) return [];
  return [{ rule: ruleBetween(room, entered), line, detail: `${room} imports ${specifier}` }];
}

function ruleBetween(room: string, entered: string): RuleName {
  if (room === 'libs/codecs/airkiss') return 'airkiss-alone';
  if (room === 'apps/web') return 'web-on-codecs-alone';
  if (room === 'firmware-sim') return 'sim-on-codecs-alone';
  if (floorOf(entered) > floorOf(room)) return 'downward-only';
  if (room.startsWith('libs/domain/')) return 'order-of-domain';
  return room.startsWith('libs/adapters/') ? 'adapters-apart' : 'apps-apart';
}

/** The rooms inside a room, as `storage/entities`, have their doors too: a folder with an index is entered by it. */
function checkFrontDoor(tree: Tree, { from, to, specifier, line }: Step): Finding[] {
  const past = (detail: string): Finding[] => [
    { rule: 'front-door', line, detail: `${specifier} ${detail}` },
  ];
  if (!specifier?.startsWith('.')) return rooms.has(placeNamed(specifier ?? '')) ? [] : past('is no room');
  if (roomOf(from) !== roomOf(to)) return past('goes out of its room');
  const closed = foldersOf(to).find(
    folder => tree.has(`${folder}/index.ts`) && !from.startsWith(`${folder}/`),
  );
  return closed === undefined || to === `${closed}/index.ts` ? [] : past(`goes past the index of ${closed}`);
}

const foldersOf = (path: string): string[] =>
  path
    .split('/')
    .map((_, depth, names) => names.slice(0, depth).join('/'))
    .slice(1);

function checkOutside(path: string, specifier: string, { names, line }: Import): Finding[] {
  const finding = (rule: RuleName): Finding[] => [
    { rule, line, detail: `imports ${names} from ${specifier}` },
  ];
  const room = roomOf(path) ?? '';
  if (room.startsWith('libs/codecs/')) {
    if (isListed(specifier, codecMayImport[room] ?? codecMayImport.others)) return [];
    return finding(room === 'libs/codecs/airkiss' ? 'airkiss-alone' : 'pure-codec');
  }
  if (!room.startsWith('libs/domain/')) return [];
  const isPlain = specifier.startsWith('@nestjs/')
    ? names.every(name => nestInDomain[specifier]?.includes(name))
    : !isListed(specifier, worldly);
  return isPlain ? [] : finding('plain-domain');
}

function checkEnvironment({ path, environment }: Source): Finding[] {
  if (isForTests(path) || readsEnvironment.test(path)) return [];
  return environment.map(line => ({ rule: 'environment-in-settings', line, detail: 'reads process.env' }));
}

function checkNames({ types }: Source): Finding[] {
  return types
    .filter(({ name, isInterface }) => name.endsWith('Impl') || (isInterface && hungarian.test(name)))
    .map(({ name, line }) => ({ rule: 'telling-name', line, detail: name }));
}

/** `IDevice`, but not `Inbox` and not `IPv4Address`. */
const hungarian = /^I(?!Pv\d)[A-Z][a-z]/;

const isHouse = (path: string): boolean => /^(apps|libs|firmware-sim)\//.test(path);

function checkPlace(path: string): Finding[] {
  const finding = (rule: RuleName, detail: string): Finding => ({ rule, line: 1, detail });
  const names = path.split('/').map(name => name.replace(/\..*$/, ''));
  const empty = isCode(path) && names.find(name => emptyNames.has(name.replace(/^.*-/, '')));
  const top = path.includes('/') ? path.replace(/\/.*$/, '') : undefined;
  return [
    ...(empty ? [finding('telling-name', empty)] : []),
    ...(top === undefined || topLevelFolders.has(top) ? [] : [finding('known-place', `the folder ${top}`)]),
    ...(isHouse(path) && isCode(path) && !roomOf(path) ? [finding('known-place', 'stands in no room')] : []),
  ];
}

const isCode = (path: string): boolean => /\.tsx?$/.test(path);

function checkOpening(path: string, text: string): Finding[] {
  if (!isHouse(path) || !/\.(tsx?|m?js)$/.test(path) || /\/index\.tsx?$/.test(path)) return [];
  if (/^(#!.*\n)?\/(\/|\*\*)/.test(text)) return [];
  return [{ rule: 'opening-sentence', line: 1, detail: 'begins without a comment' }];
}

/** Among rooms only what the table allows can still be a circle worth telling: codecs on codecs. */
function checkCircles(steps: readonly Step[]): Violation[] {
  const byFile = steps.map(({ from, to, line }) => ({ from, to, line, file: from }));
  const byRoom = steps
    .filter(step => checkRoom(step).length === 0)
    .map(({ from, to, line }) => ({ from: roomOf(from) ?? '', to: roomOf(to) ?? '', line, file: from }))
    .filter(({ from, to }) => from && to && from !== to);
  return [...findCircles(byFile), ...findCircles(byRoom)].map(({ way, closedBy: { file, line } }) => ({
    rule: 'no-circle',
    file,
    line,
    detail: way.join(' → '),
  }));
}

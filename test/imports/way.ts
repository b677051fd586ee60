// Follows an import to where it leads: to a file of the house, or outside.
import { isBuiltin } from 'node:module';
import { posix } from 'node:path';
import { doorSigns, floors, rooms } from './rooms.js';
import type { Import } from './source.js';

/** Files by path from the root, with `/`. The text matters for code only. */
export type Tree = ReadonlyMap<string, string>;

/** An import that stays in the house; `to` is a file, or a place without one when nothing is there. */
export type Step = Import & { readonly from: string; readonly to: string };

/** `outside` is a package or, with `node:`, a module of Node; undefined when the name is computed. */
export type Way = Step | (Import & { readonly outside: string | undefined });

export const isStep = (way: Way): way is Step => 'to' in way;

/** Where one import of the file `from` leads. */
export function wayOf(tree: Tree, from: string, imported: Import): Way {
  const { specifier } = imported;
  if (specifier?.startsWith('.')) return { ...imported, from, to: fileAt(tree, from, specifier) };
  if (specifier?.startsWith('#')) {
    const place = placeNamed(specifier);
    return { ...imported, from, to: rooms.has(place) ? `${place}/index.ts` : place };
  }
  return { ...imported, outside: specifier && isBuiltin(specifier) ? nodeModule(specifier) : specifier };
}

function fileAt(tree: Tree, from: string, specifier: string): string {
  const target = posix.join(posix.dirname(from), specifier);
  const stem = target.replace(/\.jsx?$/, '');
  const spellings = [`${stem}.ts`, `${stem}.tsx`, target, `${target}/index.ts`];
  return spellings.find(path => tree.has(path)) ?? target;
}

const nodeModule = (specifier: string): string => `node:${specifier.replace(/^node:/, '')}`;

/** `#codecs/wire` is `libs/codecs/wire`; what has no sign keeps its name. */
export function placeNamed(specifier: string): string {
  const sign = doorSigns.find(([sign]) => specifier.startsWith(sign));
  return sign ? specifier.replace(...sign) : specifier;
}

/** The room that a file or folder is in, as a path from the root. */
export const roomOf = (path: string): string | undefined =>
  [...rooms.keys()].find(room => path === room || path.startsWith(`${room}/`));

/** 0 is the ground. */
export const floorOf = (path: string): number => floors.findIndex(floor => path.startsWith(floor));

// Makes the devices of a new home at the gateway, which hands out their secrets this once.
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { apiPrefix, endpoints, type Product } from '#codecs/api';
import type { Kind } from '../behaviours/index.js';
import type { Identity } from '../device/index.js';
import { identitiesOf, type RosterEntry, rosterSchema } from '../home/index.js';
import type { Counts } from './options.js';

export interface Registry {
  /** `http://127.0.0.1:8080` */
  readonly gateway: string;
  readonly tokenFile: string;
}

/** @throws a sentence that says what to do. */
export async function readRoster(path: string): Promise<Identity[]> {
  const text = await readFile(path, 'utf8').catch(() => {
    throw new Error(`there is no file ${path} that can be read`);
  });
  const roster = rosterSchema.safeParse(parsedJson(text));
  if (roster.success) return identitiesOf(roster.data.devices);
  throw new Error(
    `${path} is not what "airbind batches create --out - --json" prints:\n${z.prettifyError(roster.error)}`,
  );
}

/** @throws a sentence that says what to do. */
export async function register(counts: Counts, registry: Registry): Promise<Identity[]> {
  const token = await tokenOf(registry.tokenFile);
  const products = endpoints.products.answer.parse(await call(registry, token, endpoints.products));
  const made: RosterEntry[] = [];
  for (const kind of ['gas', 'co', 'door', 'camera'] as const) {
    if (counts[kind] === 0) continue;
    const body = { product: productFor(kind, products), count: counts[kind] };
    const answer = await call(registry, token, endpoints.makeBatch, body);
    const { devices } = endpoints.makeBatch.answer.parse(answer);
    made.push(...devices.map(device => ({ ...device, kind })));
  }
  return identitiesOf(made);
}

function productFor(kind: Kind, products: readonly Product[]): string {
  const product = products.find(({ icon }) => icon === kind);
  if (product) return product.id;
  throw new Error(`the gateway has no product of the kind ${kind}: make one with "airbind products"`);
}

async function tokenOf(path: string): Promise<string> {
  const text = await readFile(path, 'utf8').catch(() => {
    throw new Error(
      `no token in ${path}: start the gateway first, or name its data folder's cli-token with --token-file`,
    );
  });
  return text.trim();
}

async function call(
  { gateway }: Registry,
  token: string,
  { method, path }: { readonly method: string; readonly path: string },
  body?: unknown,
): Promise<unknown> {
  const url = new URL(`${apiPrefix}${path}`, gateway);
  const response = await fetch(url, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(body ? { 'content-type': 'application/json' } : {}) },
    body: body ? JSON.stringify(body) : undefined,
  }).catch(() => {
    throw new Error(
      `no gateway answers at ${gateway}: start it with "npm start", or name another with --gateway`,
    );
  });
  if (response.ok) return response.json();
  throw new Error(`the gateway at ${gateway} answered ${method} ${url.pathname} with ${response.status}`);
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

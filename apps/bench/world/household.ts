// Makes what a benchmark needs to find in a gateway: products, people, and devices that are theirs.
import type { MadeDevice, Product } from '#codecs/api';
import { starterProducts } from '#domain/devices';
import { Caller } from './caller.js';
import type { GatewayProgram } from './gateway-program.js';

const mostInBatch = 1_000;
const atOnce = 16;

/** A product of the starter set, bound by PIN: one call proves what would otherwise take a finger on a button. */
export function byPin(productId: string, change: Partial<Product> = {}): Product {
  const product = starterProducts.find(({ id }) => id === productId);
  if (product === undefined) throw new Error(`there is no starter product ${productId}`);
  return { ...product, bindingPolicy: 'pin', ...change };
}

export async function resident({ url }: GatewayProgram, name: string): Promise<Caller> {
  const body = { email: `${name}@example.org`, password: 'correct horse battery', name };
  const { token } = await new Caller(url).call('signUp', { body, query: { token: 'true' } });
  return new Caller(url, token ?? '');
}

/** Devices of a product that are nobody's yet. */
export async function madeDevices(
  { operator }: GatewayProgram,
  product: Product,
  count: number,
): Promise<MadeDevice[]> {
  await operator.call('putProduct', { params: { productId: product.id }, body: product });
  const devices: MadeDevice[] = [];
  while (devices.length < count) {
    const body = { product: product.id, count: Math.min(mostInBatch, count - devices.length) };
    devices.push(...(await operator.call('makeBatch', { body })).devices);
  }
  return devices;
}

/** The same, each bound to one of the owners in turn. */
export async function boundDevices(
  gateway: GatewayProgram,
  product: Product,
  count: number,
  owners: readonly Caller[],
): Promise<MadeDevice[]> {
  const devices = await madeDevices(gateway, product, count);
  await eachOf(devices, atOnce, async (device, i) => {
    const owner = owners[i % owners.length];
    if (owner) await bind(owner, device);
  });
  return devices;
}

async function bind(owner: Caller, { ticket, pin = '' }: MadeDevice): Promise<void> {
  const params = { ticket };
  const { nonce } = await owner.call('claim', { params, body: { proof: { by: 'pin', pin } } });
  await owner.call('confirm', { params, body: { nonce } });
}

/** Does the work for all of them, some at a time. */
export async function eachOf<T>(
  things: readonly T[],
  atOnce: number,
  work: (thing: T, place: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < things.length) {
      const place = next++;
      await work(things[place] as T, place);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

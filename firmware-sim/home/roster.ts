// From what a gateway hands out when devices are made to who lives in a simulated home.
import { z } from 'zod';
import { madeDeviceSchema } from '#codecs/api';
import { type Kind, kinds } from '../behaviours/index.js';
import type { Identity } from '../device/index.js';

/** A device as `POST /batches` answers; a kind and a name may be written beside it. */
export const rosterEntrySchema = madeDeviceSchema.extend({
  kind: z.enum(kinds).optional(),
  name: z.string().min(1).max(80).optional(),
  /** With `--certificates`. */
  certificate: z.string().optional(),
  privateKey: z.string().optional(),
});
export type RosterEntry = z.infer<typeof rosterEntrySchema>;

/** What `airbind batches create --out - --json` prints, and what `--identities` takes. */
export const rosterSchema = z.object({ devices: z.array(rosterEntrySchema).min(1) });

const titles: Record<Kind, string> = {
  gas: 'Gas sensor',
  co: 'CO sensor',
  smoke: 'Smoke detector',
  water: 'Water sensor',
  air: 'Air sensor',
  door: 'Door contact',
  camera: 'Camera',
  hub: 'Hub',
};

/**
 * The kind is told from the product's id (`gas-alarm` is a gas sensor) where it is not given.
 * @throws a sentence when it can be told from neither.
 */
export function identitiesOf(made: readonly RosterEntry[]): Identity[] {
  const counts = new Map<Kind, number>();
  return made.map(({ kind: given, name, ...device }) => {
    const kind = given ?? kindOf(device.product);
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    return { ...device, kind, name: name ?? (count > 1 ? `${titles[kind]} ${count}` : titles[kind]) };
  });
}

function kindOf(product: string): Kind {
  const words = product.split('-');
  const kind = kinds.find(candidate => words.includes(candidate));
  if (kind) return kind;
  throw new Error(
    `the product "${product}" says nothing of ${kinds.join(', ')}: write "kind" beside the device in the file`,
  );
}

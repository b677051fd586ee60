// Devices as their owner and the operator see them, and what a scanned ticket opens.
import { z } from 'zod';
import { iconSchema, productSchema } from './product.js';
import { standingSchema } from './rights.js';
import { identifier, slug, textSchema, timeMs } from './text.js';

/** `waiting`: never heard. `unknown`: the gateway itself was away and has not waited one interval yet. */
export const presenceSchema = z.object({
  state: z.enum(['online', 'offline', 'waiting', 'unknown']),
  lastHeardAt: timeMs.nullable(),
});
export type PresenceView = z.infer<typeof presenceSchema>;

export const bindingStateSchema = z.enum([
  'registered',
  'claimable',
  'pending',
  'bound',
  'released',
  'locked',
  'retired',
]);
export type BindingStateName = z.infer<typeof bindingStateSchema>;

export const latestSchema = z.object({
  at: timeMs,
  values: z.record(z.string(), z.number()),
  bits: z.record(z.string(), z.boolean()),
});

export const deviceSchema = z
  .object({
    id: identifier,
    name: z.string(),
    serial: z.string(),
    product: z.object({ id: slug, name: textSchema, icon: iconSchema }),
    state: bindingStateSchema,
    epoch: z.int(),
    homeId: identifier.nullable(),
    /** Of the home; null: in none. */
    roomId: identifier.nullable(),
    parentId: identifier.nullable(),
    presence: presenceSchema,
    latest: latestSchema.nullable(),
    firmware: z.string().nullable(),
    power: z.enum(['mains', 'battery']).nullable(),
    intervalS: z.int(),
    openAlarms: z.int(),
    snapshotAt: timeMs.nullable(),
    /** How the caller stands to it. */
    standing: standingSchema,
  })
  .meta({ id: 'Device' });
export type DeviceView = z.infer<typeof deviceSchema>;

/** A device with the whole of its product, for its own page. */
export const deviceDetailSchema = deviceSchema
  .extend({
    productPage: productSchema,
    /** Until when it is offered to whoever has the link; null: it is not. */
    offeredUntil: timeMs.nullable(),
    /** Whether what it recorded is erased when that offer is taken. */
    offerErases: z.boolean(),
    /** When somebody who holds it can take it over, unless the owner objects; null: nobody has asked. */
    recoveryDueAt: timeMs.nullable(),
  })
  .meta({ id: 'DeviceDetail' });
export type DeviceDetailView = z.infer<typeof deviceDetailSchema>;

/** Where a device stands: one of the owner's homes, and a room in it or none. */
export const placeSchema = z
  .object({ homeId: identifier, roomId: identifier.nullable() })
  .meta({ id: 'Place' });

export const deviceChangeSchema = z
  .object({ name: z.string().trim().min(1).max(80) })
  .meta({ id: 'DeviceChange' });

export const commandRequestSchema = z
  .object({
    name: z.string().regex(/^[a-z][a-z0-9-]{0,31}$/),
    args: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
  })
  .meta({ id: 'CommandRequest' });
export const commandSentSchema = z.object({ id: z.string() }).meta({ id: 'CommandSent' });

const { id, name, icon, page, bindingPolicy } = productSchema.shape;
export const productPageSchema = z.object({ id, name, icon, page, bindingPolicy });

/**
 * One code, several screens. `product`: not signed in, nothing of the device's state is shown.
 * `unbound`: free to bind, with how to prove possession. `owner`: yours. `member`: its owner lets you see it.
 * `stranger`: it has an owner, who may be asked to let you in.
 */
export const ticketViewSchema = z
  .discriminatedUnion('view', [
    z.object({ view: z.literal('product'), product: productPageSchema }),
    z.object({
      view: z.literal('unbound'),
      product: productPageSchema,
      /** Until when the action at the device counts as proof; null: not yet done (policy `button`). */
      windowUntil: timeMs.nullable(),
    }),
    z.object({ view: z.literal('owner'), product: productPageSchema, deviceId: identifier }),
    z.object({ view: z.literal('member'), product: productPageSchema, deviceId: identifier }),
    z.object({
      view: z.literal('stranger'),
      product: productPageSchema,
      /** Whether the caller has asked already. */
      asked: z.boolean(),
      /** When this person's own request to recover the device is due; null: there is none. */
      recoveryDueAt: timeMs.nullable(),
    }),
  ])
  .meta({ id: 'TicketView' });
export type TicketView = z.infer<typeof ticketViewSchema>;

export const claimRequestSchema = z
  .object({
    proof: z.discriminatedUnion('by', [
      z.object({ by: z.literal('button') }),
      z.object({ by: z.literal('pin'), pin: z.string().regex(/^\d{6,12}$/, 'takes the digits of the PIN') }),
      /** The nonce that was handed to the device after AirKiss, and that the device has published since. */
      z.object({
        by: z.literal('provisioned'),
        nonce: z.string().regex(/^[0-9a-f]{32}$/, 'takes 32 hex digits'),
      }),
      z.object({ by: z.literal('none') }),
    ]),
  })
  .meta({ id: 'ClaimRequest' });
export type Proof = z.infer<typeof claimRequestSchema>['proof'];

/** The server's nonce: used once, bound to device, person and epoch. */
export const claimSchema = z.object({ nonce: z.string(), expiresAt: timeMs }).meta({ id: 'Claim' });
export const confirmRequestSchema = z
  .object({ nonce: z.string().max(64), name: z.string().trim().min(1).max(80).optional() })
  .meta({ id: 'ConfirmRequest' });
export const boundSchema = z.object({ deviceId: identifier, epoch: z.int() }).meta({ id: 'Bound' });

/** The pages, another program (the command line is one), the machine that the gateway runs on, or nobody's hand. */
export const viaSchema = z.enum(['page', 'program', 'machine', 'device', 'gateway']);
export type Via = z.infer<typeof viaSchema>;

export const ledgerEntrySchema = z
  .object({
    at: timeMs,
    what: z.string(),
    /** `gone`: somebody whose account was deleted. */
    by: z.enum(['owner', 'you', 'device', 'operator', 'somebody', 'gateway', 'gone']),
    /** Null in lines older than this. The address is one's own; an operator sees everybody's. */
    from: z.object({ via: viaSchema, address: z.string().nullable() }).nullable(),
    /** Who was let in, or lost something, by it; named to the owner in whose time it was. */
    whom: z.object({ is: z.enum(['you', 'somebody', 'gone']), name: z.string().nullable() }).nullable(),
    proof: z.string().nullable(),
    epoch: z.int(),
    /** Of what ends by itself, or becomes due. */
    until: timeMs.nullable(),
    /** An operator's, for what was done without the owner. */
    reason: z.string().nullable(),
  })
  .meta({ id: 'LedgerEntry' });
export type LedgerEntryView = z.infer<typeof ledgerEntrySchema>;

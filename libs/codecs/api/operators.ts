// Operators: who looks after the gateway, the link by which one more comes in, and what happened to who does.
import { z } from 'zod';
import { viaSchema } from './device.js';
import { identifier, timeMs } from './text.js';

/** How long a link that makes an operator can be used: it is for somebody who waits for it. */
export const operatorLinkMinutes = 60;

export const operatorSchema = z
  .object({ id: identifier, name: z.string(), email: z.string(), isYou: z.boolean() })
  .meta({ id: 'Operator' });
export type OperatorView = z.infer<typeof operatorSchema>;

/** A link was made or withdrawn, somebody came in by it, stepped down, or was taken down. */
export const operatorWhatSchema = z.enum(['invited', 'withdrawn', 'joined', 'left', 'removed']);
export type OperatorWhat = z.infer<typeof operatorWhatSchema>;

/** `machine`: whoever has the token in the gateway's data folder. */
export const operatorPersonSchema = z
  .object({ is: z.enum(['you', 'somebody', 'gone', 'machine']), name: z.string().nullable() })
  .meta({ id: 'OperatorPerson' });
export type OperatorPerson = z.infer<typeof operatorPersonSchema>;

export const operatorActSchema = z
  .object({
    at: timeMs,
    what: operatorWhatSchema,
    by: operatorPersonSchema,
    /** Who was taken down; null: nobody but who did it. */
    whom: operatorPersonSchema.nullable(),
    from: z.object({ via: viaSchema, address: z.string().nullable() }),
  })
  .meta({ id: 'OperatorAct' });
export type OperatorActView = z.infer<typeof operatorActSchema>;

export const operatorsSchema = z
  .object({
    /** Oldest account first. */
    operators: z.array(operatorSchema),
    /** The link that waits to be used; null: none does. */
    link: z.object({ by: operatorPersonSchema, expiresAt: timeMs }).nullable(),
    /** Newest first, the last hundred. */
    acts: z.array(operatorActSchema),
  })
  .meta({ id: 'Operators' });
export type OperatorsView = z.infer<typeof operatorsSchema>;

/** The link leaves the gateway once: only a hash of its token stays behind. */
export const operatorLinkSchema = z
  .object({ url: z.string(), expiresAt: timeMs })
  .meta({ id: 'OperatorLink' });

/** What the holder of the link is offered, before accepting it. */
export const operatorOfferSchema = z
  .object({
    /** Who made it; null: whoever has the token in the gateway's data folder. */
    by: z.string().nullable(),
    expiresAt: timeMs,
    /** Whether the caller is one already. */
    isOperator: z.boolean(),
  })
  .meta({ id: 'OperatorOffer' });
export type OperatorOfferView = z.infer<typeof operatorOfferSchema>;

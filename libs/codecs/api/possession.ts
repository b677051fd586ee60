// What changes whose a device is, beside binding and releasing it: transfers, recoveries, what is lost, and the operator.
import { z } from 'zod';
import { claimRequestSchema, productPageSchema } from './device.js';
import { timeMs } from './text.js';

const deviceName = z.string().trim().min(1).max(80);
/** `DEVICE.SECRET`, out of the link. */
const token = z.string().min(20).max(160);

/** The link is shown once; whoever opens it and signs in may take the device over. */
export const transferOfferSchema = z
  .object({ url: z.string(), expiresAt: timeMs })
  .meta({ id: 'TransferOffer' });

export const transferTokenSchema = z.object({ token }).meta({ id: 'TransferToken' });
export const transferSchema = z
  .object({ product: productPageSchema, expiresAt: timeMs })
  .meta({ id: 'Transfer' });
export type TransferView = z.infer<typeof transferSchema>;

export const transferAcceptanceSchema = z
  .object({ token, name: deviceName.optional() })
  .meta({ id: 'TransferAcceptance' });

/** From a stranger to the owner, whom neither learns to know by it. */
export const foundReportSchema = z
  .object({ message: z.string().trim().min(1).max(200) })
  .meta({ id: 'FoundReport' });

/** Until `dueAt` the owner is told every day, and can object. */
export const recoverySchema = z.object({ dueAt: timeMs }).meta({ id: 'Recovery' });
export const recoveryCompletionSchema = claimRequestSchema
  .extend({ name: deviceName.optional() })
  .meta({ id: 'RecoveryCompletion' });

/** Why an operator acts without the owner: the owner reads it, and it stays in the ledger. */
export const interventionSchema = z
  .object({ reason: z.string().trim().min(3).max(200) })
  .meta({ id: 'Intervention' });

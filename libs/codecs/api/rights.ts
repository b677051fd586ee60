// Who may do what: the capabilities that are granted, and the rights that the calls ask for, in one table.
import { z } from 'zod';

/** What an owner can grant on a device or a home, each alone or together. */
export const capabilitySchema = z.enum(['view', 'history', 'alerts', 'control', 'share']);
export type Capability = z.infer<typeof capabilitySchema>;
export const capabilities: readonly Capability[] = capabilitySchema.options;

/** One or more, none twice. */
export const capabilitiesSchema = z
  .array(capabilitySchema)
  .min(1)
  .refine(list => new Set(list).size === list.length, 'names one twice');

export interface RightRule {
  /** What a member needs, all of it; null: the owner's alone. */
  readonly member: readonly Capability[] | null;
  /** Whether an operator may who is neither owner nor member: always, while nobody owns the device, or never. */
  readonly operator: 'always' | 'ownerless' | 'never';
}

/** What a call can ask for. The owner may do everything. */
export const rights = {
  /** How the device is now. */
  look: { member: ['view'], operator: 'always' },
  /** A room that somebody lives in. */
  picture: { member: ['view'], operator: 'ownerless' },
  /** What it measured and did. */
  history: { member: ['history'], operator: 'always' },
  /** To see alarms, to say "I have seen it", to remark on it: whoever is told must be able to answer. */
  alarms: { member: ['alerts'], operator: 'always' },
  /** To reset or to silence an alarm: it concerns everybody who is told. */
  settle: { member: ['alerts', 'control'], operator: 'always' },
  /** To have the device do something, or to change the mode of the home. */
  command: { member: ['control'], operator: 'ownerless' },
  /** To let others in, with no more than one's own. */
  share: { member: ['share'], operator: 'never' },
  /** Who did what to the device's binding. */
  ledger: { member: null, operator: 'always' },
  /** To name it, to place it, to give it away. */
  own: { member: null, operator: 'never' },
} as const satisfies Record<string, RightRule>;

export type Right = keyof typeof rights;

export const rightSchema = z.enum(Object.keys(rights) as [Right, ...Right[]]);

/** How a person stands to a device or a home, and what they may do there now. */
export const standingSchema = z
  .object({ as: z.enum(['owner', 'member', 'operator']), may: z.array(rightSchema) })
  .meta({ id: 'Standing' });
export type Standing = z.infer<typeof standingSchema>;

// What a person may do on a device or in a home: one pure decision, for every door and for what is told to people.
import {
  type Capability,
  capabilities,
  type Right,
  type RightRule,
  rights,
  type Standing,
} from '#codecs/api';
import type { Account } from '#domain/accounts';
import type { Binding } from '#domain/binding';
import { type Grant, isLive } from './grant.js';

/** Somebody who was let in: one for each grant. */
export interface Member {
  readonly accountId: string;
  readonly capabilities: readonly Capability[];
  readonly until: number | null;
}

/** Whose it is, and who else was let in. */
export interface Holding {
  /** Null: nobody's. */
  readonly ownerId: string | null;
  readonly members: readonly Member[];
}

type Person = Pick<Account, 'id' | 'role'>;

const allRights = Object.keys(rights) as Right[];

/** What a home's member may share is the home, and not its devices one by one. */
const ofHome: ReadonlySet<Capability> = new Set(capabilities.filter(one => one !== 'share'));

/** Who was let in to a device, out of grants on it and on the home that it stands in; those of other epochs count for nothing. */
export function membersOf(
  { deviceId, homeId, epoch, ownerId }: Pick<Binding, 'deviceId' | 'homeId' | 'epoch' | 'ownerId'>,
  grants: readonly Grant[],
): Member[] {
  if (ownerId === null) return [];
  return grants.flatMap(({ subjectKind, subjectId, accountId, capabilities: can, until, ...grant }) => {
    if (subjectKind === 'device' && subjectId === deviceId && grant.epoch === epoch)
      return [{ accountId, capabilities: can, until }];
    if (subjectKind === 'home' && subjectId === homeId)
      return [{ accountId, capabilities: can.filter(one => ofHome.has(one)), until }];
    return [];
  });
}

/** Null: it is none of this person's business. */
export function standingOf(holding: Holding, by: Person, now: number): Standing | null {
  if (holding.ownerId === by.id) return { as: 'owner', may: allRights };
  const may = allRights.filter(right => mayAs(holding, by, right, now));
  if (may.length === 0) return null;
  return { as: capabilitiesOf(holding, by.id, now).size > 0 ? 'member' : 'operator', may };
}

export function mayDo(holding: Holding, by: Person, right: Right, now: number): boolean {
  return holding.ownerId === by.id || mayAs(holding, by, right, now);
}

/** Accounts of everybody who may, the owner first; operators aside. */
export function peopleWho(right: Right, { ownerId, members }: Holding, now: number): string[] {
  if (ownerId === null) return [];
  const ids = [...new Set(members.map(({ accountId }) => accountId))];
  const others = ids.filter(
    id => id !== ownerId && mayAs({ ownerId, members }, { id, role: 'resident' }, right, now),
  );
  return [ownerId, ...others];
}

function mayAs(holding: Holding, { id, role }: Person, right: Right, now: number): boolean {
  const { member, operator }: RightRule = rights[right];
  const can = capabilitiesOf(holding, id, now);
  if (member?.every(one => can.has(one))) return true;
  if (role !== 'operator') return false;
  return operator === 'always' || (operator === 'ownerless' && holding.ownerId === null);
}

/** Of all that was granted to this person and has not ended. */
function capabilitiesOf({ members }: Holding, accountId: string, now: number): Set<Capability> {
  const own = members.filter(member => member.accountId === accountId && isLive(member, now));
  return new Set(own.flatMap(member => member.capabilities));
}

// What every SharingStore promises, the one in memory included.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '#domain/accounts';
import { type LedgerRow, ledgerRow } from '#domain/binding';
import type { AccessRequest, Grant, SharingStore } from '#domain/sharing';
import type { Stores } from '../index.js';
import { bind, granted, grantOn, invitationTo, noon, oneDevice, page, someone } from './samples.contract.js';

/** A store, and the people, devices and ledger around it. */
export interface SharingPlace {
  readonly sharing: SharingStore;
  /** A new account's id. */
  readonly person: () => Promise<string>;
  /** A new device's id, bound in epoch 1. */
  readonly device: () => Promise<string>;
  readonly ledger: (deviceId: string) => Promise<LedgerRow[]>;
  readonly close: () => Promise<void>;
}

export function sharingStoreContract(name: string, open: () => Promise<Stores>): void {
  sharingContract(name, async () => {
    const stores = await open();
    return {
      sharing: stores.sharing,
      person: async () => (await someone(stores)).account.id,
      device: async () => {
        const [{ id }, { account, home }] = [await oneDevice(stores), await someone(stores)];
        await bind(stores, id, account, home);
        return id;
      },
      ledger: deviceId => stores.bindings.ledger(deviceId, 100),
      close: () => stores.close(),
    };
  });
}

export function sharingContract(name: string, open: () => Promise<SharingPlace>): void {
  describe(`SharingStore on ${name}`, () => {
    let place: SharingPlace;
    let sharing: SharingStore;
    beforeAll(async () => {
      place = await open();
      sharing = place.sharing;
    });
    afterAll(() => place.close());

    const setting = async () => [await place.device(), await place.person(), await place.person()] as const;

    it('turns an invitation into a grant, with its row in the ledger', async () => {
      const [device, mei] = await setting();
      const grant = grantOn(device, mei, { capabilities: ['view', 'alerts'], until: noon + 9 });
      const invitation = invitationTo(grant);
      const row = rowOf(device, 'joined', mei);
      expect(await sharing.invite(invitation)).toBe(true);
      expect(await sharing.invitation(invitation.tokenHash)).toEqual(invitation);
      expect(await sharing.invitationsOn({ kind: 'device', id: device })).toEqual([invitation]);
      expect(await sharing.accept(invitation.id, grant, [row])).toBe(true);
      expect(await sharing.invitation(invitation.tokenHash)).toBeNull();
      expect(await sharing.byId(grant.id)).toEqual(grant);
      expect(await sharing.onSubjects([newId(), device])).toEqual([grant]);
      expect(await sharing.ofAccount(mei)).toEqual([grant]);
      expect(await place.ledger(device)).toEqual([row]);
    });

    it('gives an invitation to one of twenty who accept it at the same time', async () => {
      const [device, mei] = await setting();
      const invitation = invitationTo(grantOn(device, mei));
      await sharing.invite(invitation);
      const accepted = await Promise.all(
        Array.from({ length: 20 }, () => sharing.accept(invitation.id, grantOn(device, mei), [])),
      );
      expect(accepted.filter(each => each)).toHaveLength(1);
      expect(await sharing.onSubjects([device])).toHaveLength(1);
    });

    it('takes with a grant all that was given and offered out of it, and nothing else', async () => {
      const [device, mei, bo] = await setting();
      const root = await granted(place, grantOn(device, mei));
      const child = await granted(place, grantOn(device, bo, { parentId: root.id }));
      const grandchild = await granted(place, grantOn(device, mei, { parentId: child.id }));
      const other = await granted(place, grantOn(device, bo));
      const offer = invitationTo(grantOn(device, bo, { parentId: grandchild.id }));
      await sharing.invite(offer);
      const row = rowOf(device, 'revoked', bo);
      const told: Grant[][] = [];
      const gone = await sharing.revoke(root.id, ended => {
        told.push([...ended]);
        return [row];
      });
      expect(told).toEqual([gone]);
      expect(gone[0]).toEqual(root);
      expect(new Set(gone.map(({ id }) => id))).toEqual(new Set([root.id, child.id, grandchild.id]));
      expect(await sharing.onSubjects([device])).toEqual([other]);
      expect(await sharing.invitation(offer.tokenHash)).toBeNull();
      expect(await place.ledger(device)).toEqual([row]);
      expect(await sharing.revoke(root.id, () => [row])).toEqual([]);
      expect(await place.ledger(device)).toEqual([row]);
    });

    it('offers and grants nothing out of a grant that is gone', async () => {
      const [device, mei, bo] = await setting();
      const root = await granted(place, grantOn(device, mei));
      const offer = invitationTo(grantOn(device, bo, { parentId: root.id }));
      await sharing.invite(offer);
      await sharing.revoke(root.id, () => []);
      expect(await sharing.invite(invitationTo(grantOn(device, bo, { parentId: root.id })))).toBe(false);
      expect(await sharing.accept(offer.id, grantOn(device, bo, { parentId: root.id }), [])).toBe(false);
      expect(await sharing.onSubjects([device])).toEqual([]);
    });

    it('withdraws an invitation once', async () => {
      const [device, mei] = await setting();
      const invitation = invitationTo(grantOn(device, mei));
      await sharing.invite(invitation);
      expect(await sharing.withdraw(invitation.id)).toBe(true);
      expect(await sharing.withdraw(invitation.id)).toBe(false);
      expect(await sharing.accept(invitation.id, grantOn(device, mei), [])).toBe(false);
    });

    it('names the grants whose end has come, and no others', async () => {
      const [device, mei] = await setting();
      const over = await granted(place, grantOn(device, mei, { until: noon - 500 }));
      await granted(place, grantOn(device, mei, { until: noon + 1 }));
      await granted(place, grantOn(device, mei));
      const ended = (await sharing.ended(noon)).filter(({ subjectId }) => subjectId === device);
      expect(ended).toEqual([over]);
      await sharing.revoke(over.id, () => []);
    });

    it('takes one request of a person for a device and epoch, and grants it once', async () => {
      const [device, mei] = await setting();
      const request = requestOf(device, mei);
      expect(await sharing.ask(request)).toBe(true);
      expect(await sharing.ask(requestOf(device, mei))).toBe(false);
      expect(await sharing.ask(requestOf(device, mei, { epoch: 2, at: noon + 1 }))).toBe(true);
      const [first, second] = await sharing.requestsFor(device);
      expect(first).toEqual(request);
      const row = rowOf(device, 'let-in', mei);
      const grant = grantOn(device, mei);
      expect(await sharing.letIn(request.id, grant, [row])).toBe(true);
      expect(await sharing.letIn(request.id, grantOn(device, mei), [row])).toBe(false);
      expect(await sharing.onSubjects([device])).toEqual([grant]);
      expect(await place.ledger(device)).toEqual([row]);
      expect(await sharing.turnAway(second?.id ?? '')).toBe(true);
      expect(await sharing.turnAway(second?.id ?? '')).toBe(false);
      expect(await sharing.requestsFor(device)).toEqual([]);
    });

    it('forgets what counts for nothing any more: of an earlier owner, not used, not answered', async () => {
      const [device, mei, bo] = await setting();
      const standing = await granted(place, grantOn(device, mei));
      const ofHome = await granted(place, grantOn(newId(), mei, { subjectKind: 'home', epoch: 0 }));
      const before = await granted(place, grantOn(device, mei, { epoch: 0 }));
      const [open, late, ofBefore] = [
        invitationTo(standing, { expiresAt: noon + 1 }),
        invitationTo(standing, { expiresAt: noon }),
        invitationTo(before, { expiresAt: noon + 1 }),
      ];
      for (const invitation of [open, late, ofBefore]) await sharing.invite(invitation);
      const asked = requestOf(device, mei);
      await sharing.ask(asked);
      await sharing.ask(requestOf(device, bo, { at: noon - 1 }));
      await sharing.ask(requestOf(device, bo, { epoch: 0 }));
      await sharing.prune({ endedBy: noon, askedBefore: noon });
      expect(await sharing.onSubjects([device])).toEqual([standing]);
      expect(await sharing.byId(ofHome.id)).toEqual(ofHome);
      expect(await sharing.invitationsOn({ kind: 'device', id: device })).toEqual([open]);
      expect(await sharing.requestsFor(device)).toEqual([asked]);
    });
  });
}

function rowOf(deviceId: string, what: LedgerRow['what'], accountId: string): LedgerRow {
  return ledgerRow(page, { deviceId, epoch: 1, at: noon, what, accountId });
}

function requestOf(deviceId: string, accountId: string, change: Partial<AccessRequest> = {}): AccessRequest {
  return { id: newId(), deviceId, epoch: 1, accountId, at: noon, ...change };
}

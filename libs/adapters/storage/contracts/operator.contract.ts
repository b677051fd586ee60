// What every OperatorStore promises: one link at a time, used once, and never nobody who looks after the gateway.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { newId, newToken, type OperatorAct } from '#domain/accounts';
import { nothingRemoved } from '#domain/farewell';
import type { Stores } from '../index.js';
import { noon, page, someone } from './samples.contract.js';

const later = noon + 60_000;

export function operatorStoreContract(name: string, open: () => Promise<Stores>): void {
  describe(`OperatorStore on ${name}`, () => {
    let stores: Stores;
    beforeEach(async () => {
      stores = await open();
    });
    afterEach(() => stores.close());

    const actOf = (
      what: OperatorAct['what'],
      accountId: string | null,
      change: Partial<OperatorAct> = {},
    ) => ({
      ...{ ...page, at: noon, what, accountId, concernsId: null, ...change },
    });
    const operator = async () => (await someone(stores, 'Op', { role: 'operator' })).account;
    const resident = async () => (await someone(stores)).account;
    const roleOf = async (id: string) => (await stores.accounts.byId(id))?.role;
    const whats = async () => (await stores.operators.acts(100)).map(({ what }) => what);

    async function offered(by: string | null, expiresAt = later) {
      const link = { tokenHash: newToken(), purpose: 'operator' as const, accountId: by, expiresAt };
      await stores.operators.offer(link, actOf('invited', by));
      return link;
    }

    async function leave(accountId: string) {
      const asked = { accountId, tokenHash: newToken(), via: 'page' as const, askedAt: noon };
      return stores.farewells.begin({
        ...asked,
        removed: nothingRemoved,
        removedAt: null,
        certificate: null,
      });
    }

    it('makes a resident an operator by the link, and keeps a line of each act, newest first', async () => {
      const [op, mei] = [await operator(), await resident()];
      const link = await offered(op.id);
      expect(await stores.operators.offered(noon)).toEqual(link);
      expect(await stores.operators.appoint(link.tokenHash, mei.id, actOf('joined', mei.id))).toBe(true);
      expect(await roleOf(mei.id)).toBe('operator');
      expect(await stores.operators.offered(noon)).toBeNull();
      expect(await stores.operators.acts(100)).toEqual([actOf('joined', mei.id), actOf('invited', op.id)]);
      expect(await stores.operators.acts(1)).toEqual([actOf('joined', mei.id)]);
    });

    it('makes one operator of fifty who use a link at the same time', async () => {
      const link = await offered((await operator()).id);
      const people = await Promise.all(Array.from({ length: 50 }, resident));
      const appointed = await Promise.all(
        people.map(({ id }) => stores.operators.appoint(link.tokenHash, id, actOf('joined', id))),
      );
      expect(appointed.filter(Boolean)).toHaveLength(1);
      expect(await stores.accounts.operators()).toHaveLength(2);
      expect(await whats()).toEqual(['joined', 'invited']);
    });

    it('has one link of fifty that are made at the same time', async () => {
      const op = await operator();
      const links = await Promise.all(Array.from({ length: 50 }, () => offered(op.id)));
      const there = await Promise.all(
        links.map(({ tokenHash }) => stores.accounts.takeLink(tokenHash, 'operator', noon)),
      );
      expect(there.filter(Boolean)).toHaveLength(1);
    });

    it('gives nothing by a link that is too old, withdrawn, unknown or for something else', async () => {
      const [op, mei] = [await operator(), await resident()];
      const old = await offered(op.id, noon);
      const sign = { tokenHash: newToken(), purpose: 'sign-in' as const, accountId: op.id, expiresAt: later };
      await stores.accounts.insertLink(sign);
      const act = actOf('joined', mei.id);
      for (const hash of [old.tokenHash, sign.tokenHash, newToken()])
        expect(await stores.operators.appoint(hash, mei.id, act)).toBe(false);
      expect(await stores.operators.offered(noon)).toBeNull();
      expect(await stores.operators.withdraw(actOf('withdrawn', op.id))).toBe(false);
      const withdrawn = await offered(op.id);
      expect(await stores.operators.withdraw(actOf('withdrawn', op.id))).toBe(true);
      expect(await stores.operators.appoint(withdrawn.tokenHash, mei.id, act)).toBe(false);
      expect(await roleOf(mei.id)).toBe('resident');
      expect(await whats()).toEqual(['withdrawn', 'invited', 'invited']);
    });

    it('leaves the link to an operator, to nobody, and to who is leaving', async () => {
      const [op, mei] = [await operator(), await resident()];
      expect(await leave(mei.id)).toMatchObject({ ok: true });
      const link = await offered(null);
      for (const id of [op.id, newId(), mei.id])
        expect(await stores.operators.appoint(link.tokenHash, id, actOf('joined', id))).toBe(false);
      expect(await stores.operators.offered(noon)).toEqual(link);
    });

    it('takes the link of the first operator away with the first who comes in by another', async () => {
      const first = {
        ...{ tokenHash: newToken(), purpose: 'first-operator' as const, accountId: null, expiresAt: later },
      };
      await stores.accounts.insertLink(first);
      const [link, mei] = [await offered(null), await resident()];
      await stores.operators.appoint(link.tokenHash, mei.id, actOf('joined', mei.id));
      expect(await stores.accounts.takeLink(first.tokenHash, 'first-operator', noon)).toBeNull();
    });

    it('makes an operator a resident, and leaves nothing open by which they could come back', async () => {
      const [op, mei] = [await operator(), await operator()];
      const bo = await resident();
      const link = await offered(mei.id);
      const signIns = [op, mei, bo].map(({ id }) => ({
        ...{ tokenHash: newToken(), purpose: 'sign-in' as const, accountId: id, expiresAt: later },
      }));
      for (const each of signIns) await stores.accounts.insertLink(each);
      const act = actOf('removed', op.id, { concernsId: mei.id });
      expect(await stores.operators.dismiss(mei.id, act)).toBe('dismissed');
      expect(await roleOf(mei.id)).toBe('resident');
      expect(await roleOf(op.id)).toBe('operator');
      expect(await stores.operators.appoint(link.tokenHash, bo.id, actOf('joined', bo.id))).toBe(false);
      const left = await Promise.all(
        signIns.map(({ tokenHash }) => stores.accounts.takeLink(tokenHash, 'sign-in', noon)),
      );
      expect(left.map(each => each?.accountId)).toEqual([undefined, undefined, bo.id]);
      expect(await stores.operators.dismiss(mei.id, act)).toBe('none');
      expect(await stores.operators.dismiss(newId(), act)).toBe('none');
      expect(await whats()).toEqual(['removed', 'invited']);
    });

    it('keeps one of fifty operators who are all taken down, or leave the gateway, at the same time', async () => {
      const people = await Promise.all(Array.from({ length: 50 }, operator));
      const gone = await Promise.all(
        people.map(async ({ id }, place) => {
          if (place % 2 === 0) return (await leave(id)).ok;
          return (await stores.operators.dismiss(id, actOf('left', id))) === 'dismissed';
        }),
      );
      expect(gone.filter(Boolean)).toHaveLength(49);
      expect(await stores.accounts.operators()).toHaveLength(1);
      expect(await whats()).toEqual(Array(49).fill('left'));
    });
  });
}

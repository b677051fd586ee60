// What a reader of the ledger learns of others: where one's own acts came from, and no stranger's address.
import { describe, expect, it } from '@jest/globals';
import type { Account } from '#domain/accounts';
import { registeredBinding } from './binding.js';
import { type LedgerRow, ledgerRow } from './ledger.js';
import { ledgerView } from './ledger-view.js';

const person = (id: string, role: Account['role'] = 'resident'): Account => ({
  ...{ id, role, name: `${id}'s name`, email: `${id}@example.org`, locale: 'en' },
  ...{ passwordHash: null, createdAt: 0 },
});
const [lin, mei, bo] = [person('lin'), person('mei'), person('bo')];
const operator = person('op', 'operator');
const names = new Map([lin, mei, bo, operator].map(({ id, name }) => [id, name]));
const binding = { ...registeredBinding('d1-1'), state: 'bound' as const, epoch: 3, ownerId: 'lin' };

const from = { via: 'page', address: '203.0.113.9' } as const;
const row = (said: Partial<LedgerRow>): LedgerRow =>
  ledgerRow(from, { deviceId: 'd1-1', epoch: 3, at: 1, what: 'revoked', ...said });
const seenBy = (by: Account, said: Partial<LedgerRow>) => ledgerView(row(said), { binding, by, names });

describe('a line of the ledger', () => {
  it('shows its reader from where they did it themselves', () => {
    expect(seenBy(lin, { accountId: 'lin' })).toMatchObject({ by: 'you', from });
  });

  it('shows an owner of the acts of others how they came, and not from where', () => {
    const withoutAddress = { via: 'page', address: null };
    expect(seenBy(lin, { accountId: 'mei' })).toMatchObject({ by: 'somebody', from: withoutAddress });
    expect(seenBy(lin, { accountId: 'op', what: 'force-released' })).toMatchObject({
      by: 'operator',
      from: withoutAddress,
    });
  });

  it('shows an operator where each came from, for that is who must find an attacker', () => {
    expect(seenBy(operator, { accountId: 'bo', what: 'proof-refused' })).toMatchObject({
      by: 'somebody',
      from,
    });
  });

  it('names to the owner whom it happened to, in the time of that owner', () => {
    expect(seenBy(lin, { concernsId: 'mei' }).whom).toEqual({ is: 'somebody', name: "mei's name" });
    expect(seenBy(lin, { concernsId: 'mei', epoch: 2 }).whom).toEqual({ is: 'somebody', name: null });
  });

  it('names nobody to an operator, who may not see members either', () => {
    expect(seenBy(operator, { concernsId: 'mei' }).whom).toEqual({ is: 'somebody', name: null });
  });

  it('keeps what was done by, or to, a person who has been deleted, without saying who', () => {
    expect(seenBy(lin, { accountId: 'eve', concernsId: 'zoe', address: null })).toMatchObject({
      by: 'gone',
      from: { via: 'page', address: null },
      whom: { is: 'gone', name: null },
    });
  });

  it('from before origins were kept says nothing of where', () => {
    expect(seenBy(lin, { accountId: 'lin', via: null, address: null }).from).toBeNull();
  });

  it('that nobody did was done by the device, or by time', () => {
    expect(seenBy(lin, { via: 'device', what: 'reset-at-device' }).by).toBe('device');
    expect(seenBy(lin, { via: 'gateway', what: 'share-ended' }).by).toBe('gateway');
  });
});

// Sessions: how they begin, go on and end.
import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { ManualClock } from '#domain/clock';
import type { Account } from './account.js';
import { MemoryAccountStore } from './memory-account.store.js';
import { hashToken } from './secret.js';
import { Sessions } from './sessions.js';

const dayMs = 86_400_000;
const ada: Account = {
  id: 'ada',
  email: 'ada@example.org',
  name: 'Ada',
  locale: 'en',
  role: 'resident',
  passwordHash: null,
  createdAt: 0,
};

describe('sessions', () => {
  let store: MemoryAccountStore;
  let clock: ManualClock;
  let sessions: Sessions;

  beforeEach(() => {
    clock = new ManualClock(1_000_000);
    store = new MemoryAccountStore();
    store.insert(ada);
    sessions = new Sessions(store, clock, { days: 30 });
  });

  it('know their person by the token, of which the store has the hash only', async () => {
    const insert = jest.spyOn(store, 'insertSession');
    const { token } = await sessions.open(ada);
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    expect((await sessions.find(token))?.account).toEqual(ada);
    expect(insert.mock.calls[0]?.[0].tokenHash).toBe(hashToken(token));
    expect(JSON.stringify(insert.mock.calls)).not.toContain(token);
  });

  it('know nobody by another token', async () => {
    await sessions.open(ada);
    expect(await sessions.find('another token of the same length as it')).toBeNull();
  });

  it('end after the whole term without a visit', async () => {
    const { token } = await sessions.open(ada);
    clock.advance(30 * dayMs);
    expect(await sessions.find(token)).toBeNull();
  });

  it('go on while somebody visits', async () => {
    const { token } = await sessions.open(ada);
    for (let visit = 0; visit < 10; visit++) {
      clock.advance(29 * dayMs);
      expect((await sessions.find(token))?.isExtended).toBe(true);
    }
  });

  it('write their end once a day at most', async () => {
    const extend = jest.spyOn(store, 'extendSession');
    const { token } = await sessions.open(ada);
    for (let hour = 0; hour < 48; hour++) {
      clock.advance(dayMs / 24);
      await sessions.find(token);
    }
    expect(extend).toHaveBeenCalledTimes(2);
  });

  it('tell who watches them when they are ended, and not who stopped watching', async () => {
    const { session } = await sessions.open(ada);
    const [watching, gone] = [jest.fn(), jest.fn()];
    sessions.watchEnd(session.tokenHash, watching);
    sessions.watchEnd(session.tokenHash, gone)();
    await sessions.end(session.tokenHash);
    await sessions.end(session.tokenHash);
    expect(watching).toHaveBeenCalledTimes(1);
    expect(gone).not.toHaveBeenCalled();
  });

  it('are over once ended', async () => {
    const { token, session } = await sessions.open(ada);
    await sessions.end(session.tokenHash);
    expect(await sessions.find(token)).toBeNull();
    expect(await sessions.endsAt(session.tokenHash)).toBeNull();
  });
});

// What stands about a person beside their devices: column by column, so that a new one is not given away unseen.
import { Between, type FindOptionsWhere, In } from 'typeorm';
import { type Endpoint, shownAddress } from '#domain/notices';
import type { PersonalRecord } from '#domain/personal';
import type { Database } from './database.js';
import {
  AccessRequestEntity,
  AccountEntity,
  ContactEntity,
  DeliveryEntity,
  EndpointEntity,
  ErasureEntity,
  GrantEntity,
  HomeEntity,
  InvitationEntity,
  LedgerRowEntity,
  ModeChangeEntity,
  ModePlanEntity,
  NoticeEntity,
  OperatorActEntity,
  PreferenceEntity,
  ReadMarkEntity,
  RoomEntity,
  SessionEntity,
} from './entities/index.js';
import { pagesOf } from './pages.js';

export type Records = AsyncIterable<readonly PersonalRecord[]>;

/** Another person's id is not this person's data. */
export function asSeenBy(accountId: string, actor: string | null): 'you' | 'somebody' | null {
  if (actor === null) return null;
  return actor === accountId ? 'you' : 'somebody';
}

export const named =
  (what: string) =>
  (row: object): PersonalRecord => ({ what, ...row });

/** In the order of the copy. */
export const sections: readonly ((database: Database, accountId: string) => Records)[] = [
  account,
  homes,
  endpoints,
  sharing,
  ledger,
  operatorActs,
  erasures,
  notices,
];

async function* account(database: Database, id: string): Records {
  const accounts = pagesOf(database, AccountEntity, {
    where: { id },
    key: ['id'],
    fields: ['id', 'email', 'name', 'locale', 'role', 'createdAt'],
  });
  for await (const page of accounts) yield page.map(named('account'));
  const sessions = pagesOf(database, SessionEntity, {
    where: { accountId: id },
    key: ['tokenHash'],
    fields: ['createdAt', 'expiresAt'],
  });
  for await (const page of sessions) yield page.map(named('session'));
  const own = { accountId: id };
  const preferences = await database.read(manager => manager.findOneBy(PreferenceEntity, own));
  if (preferences) yield [{ what: 'preferences', ...preferences.preferences }];
  const mark = await database.read(manager => manager.findOneBy(ReadMarkEntity, own));
  if (mark) yield [{ what: 'read', upTo: mark.upTo }];
}

async function* homes(database: Database, accountId: string): Records {
  const own = pagesOf(database, HomeEntity, {
    where: { ownerId: accountId },
    key: ['id'],
    fields: ['id', 'name', 'timeZone', 'mode', 'modeSince', 'createdAt'],
  });
  for await (const page of own)
    for (const home of page) {
      yield [named('home')(home)];
      yield* insideHome(database, accountId, home.id);
    }
}

async function* insideHome(database: Database, accountId: string, homeId: string): Records {
  const where = { homeId };
  const rooms = pagesOf(database, RoomEntity, {
    where,
    key: ['id'],
    fields: ['id', 'homeId', 'name', 'place'],
  });
  for await (const page of rooms) yield page.map(named('room'));
  const plan = await database.read(manager => manager.findOneBy(ModePlanEntity, where));
  if (plan) yield [{ what: 'mode-plan', ...plan, setBy: asSeenBy(accountId, plan.setBy) }];
  const changes = pagesOf(database, ModeChangeEntity, {
    where,
    key: ['homeId', 'since'],
    fields: ['homeId', 'since', 'mode', 'former', 'by'],
  });
  for await (const page of changes)
    yield page.map(change => ({ what: 'mode-change', ...change, by: asSeenBy(accountId, change.by) }));
  const contacts = pagesOf(database, ContactEntity, {
    where,
    key: ['id'],
    fields: ['id', 'homeId', 'name', 'locale', 'createdAt'],
  });
  for await (const page of contacts) {
    yield page.map(named('contact'));
    yield* endpointsOf(database, { contactId: In(page.map(({ id }) => id)) });
  }
}

function endpoints(database: Database, accountId: string): Records {
  return endpointsOf(database, { accountId });
}

/** Their addresses as the page shows them: the whole one of a browser or a robot is a key to it. */
async function* endpointsOf(database: Database, where: FindOptionsWhere<Endpoint>): Records {
  const found = pagesOf(database, EndpointEntity, {
    where,
    key: ['id'],
    fields: [
      ...(['id', 'contactId', 'channel', 'name', 'address', 'locale'] as const),
      ...(['createdAt', 'confirmedAt', 'provenAt', 'lifeSafetyOnlySince'] as const),
    ],
  });
  for await (const page of found)
    yield page.map(endpoint => ({ what: 'endpoint', ...endpoint, address: shownAddress(endpoint) }));
}

async function* sharing(database: Database, accountId: string): Records {
  const key = ['id'] as const;
  const terms = ['id', 'subjectKind', 'subjectId', 'epoch', 'capabilities', 'until'] as const;
  const grants = [
    { what: 'grant-held', where: { accountId } },
    { what: 'grant-given', where: { grantedBy: accountId } },
  ];
  for (const { what, where } of grants)
    for await (const page of pagesOf(database, GrantEntity, { where, key, fields: [...terms, 'since'] }))
      yield page.map(named(what));
  const invitations = pagesOf(database, InvitationEntity, {
    where: { invitedBy: accountId },
    key,
    fields: [...terms, 'createdAt', 'expiresAt'],
  });
  for await (const page of invitations) yield page.map(named('invitation'));
  const requests = pagesOf(database, AccessRequestEntity, {
    where: { accountId },
    key,
    fields: ['id', 'deviceId', 'epoch', 'at'],
  });
  for await (const page of requests) yield page.map(named('access-request'));
}

async function* ledger(database: Database, accountId: string): Records {
  const lines = pagesOf(database, LedgerRowEntity, {
    where: { accountId },
    key: ['id'],
    fields: ['deviceId', 'epoch', 'at', 'what', 'via', 'address', 'concernsId', 'proof', 'until', 'reason'],
  });
  for await (const page of lines)
    yield page.map(({ what, concernsId, ...line }) => {
      return { what: 'ledger', did: what, ...line, whom: asSeenBy(accountId, concernsId) };
    });
  const others = pagesOf(database, LedgerRowEntity, {
    where: { concernsId: accountId },
    key: ['id'],
    fields: ['deviceId', 'epoch', 'at', 'what', 'accountId'],
  });
  for await (const page of others)
    yield page
      .filter(line => line.accountId !== accountId)
      .map(({ what, accountId: _, ...line }) => ({ what: 'ledger', happened: what, ...line, whom: 'you' }));
}

/** Who came to look after the gateway, and who went. */
async function* operatorActs(database: Database, accountId: string): Records {
  const key = ['id'] as const;
  const own = { where: { accountId }, key };
  for await (const page of pagesOf(database, OperatorActEntity, {
    ...own,
    fields: ['at', 'what', 'concernsId', 'via', 'address'],
  }))
    yield page.map(({ what, concernsId, ...act }) => {
      return { what: 'operator-act', did: what, ...act, whom: asSeenBy(accountId, concernsId) };
    });
  const others = { where: { concernsId: accountId }, key };
  for await (const page of pagesOf(database, OperatorActEntity, { ...others, fields: ['at', 'what'] }))
    yield page.map(({ what, at }) => ({ what: 'operator-act', happened: what, at, whom: 'you' }));
}

/** What was erased at their word. */
async function* erasures(database: Database, accountId: string): Records {
  const found = pagesOf(database, ErasureEntity, {
    where: { accountId },
    key: ['deviceId', 'epoch'],
    fields: ['deviceId', 'epoch', 'askedAt', 'erasedAt', 'certificate'],
  });
  for await (const page of found) yield page.map(named('erasure'));
}

async function* notices(database: Database, accountId: string): Records {
  const found = pagesOf(database, NoticeEntity, {
    where: { accountId },
    key: ['counter'],
    fields: [
      ...(['id', 'counter', 'about', 'subjectId', 'deviceId', 'epoch', 'step', 'number', 'class'] as const),
      ...(['severity', 'title', 'body', 'receivedAt', 'createdAt', 'seenAt'] as const),
    ],
  });
  for await (const page of found) {
    yield page.map(named('notice'));
    const counters = page.map(({ counter }) => counter);
    const receipts = pagesOf(database, DeliveryEntity, {
      where: {
        accountId,
        subjectId: In([...new Set(page.map(({ subjectId }) => subjectId))]),
        counter: Between(Math.min(...counters), Math.max(...counters)),
      },
      key: ['subjectId', 'counter', 'id'],
      fields: [
        ...(['noticeId', 'counter', 'channel', 'endpointId', 'contactId', 'dueAt'] as const),
        ...(['state', 'attempts', 'settledAt'] as const),
      ],
    });
    for await (const some of receipts) yield some.map(named('receipt'));
  }
}

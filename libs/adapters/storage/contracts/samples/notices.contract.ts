// Notices, ways to people and deliveries as the contract suites store them.
import { newId } from '#domain/accounts';
import type { Contact, Endpoint, NoticeDraft, QueuedDelivery, Settlement } from '#domain/notices';
import { noon } from './moment.contract.js';

export function noticeOf(accountId: string, change: Partial<NoticeDraft> = {}): NoticeDraft {
  return {
    id: newId(),
    accountId,
    about: 'alarm',
    subjectId: 'alarm',
    deviceId: 'device',
    epoch: 0,
    step: 'raised',
    number: 0,
    class: 'L',
    severity: 'emergency',
    title: { zh: '燃气泄漏', en: 'Gas leak' },
    body: { zh: '厨房', en: 'Kitchen' },
    receivedAt: noon,
    createdAt: noon + 3,
    ...change,
  };
}

/** Pass `contactId` with null for the account to get a contact's. */
export function endpointOf(accountId: string | null, change: Partial<Endpoint> = {}): Endpoint {
  return {
    id: newId(),
    accountId,
    contactId: null,
    channel: 'webhook',
    name: '',
    address: 'https://example.org/hook',
    secret: 'key',
    linkKey: 'link-key',
    locale: 'zh',
    createdAt: noon,
    confirmedAt: noon,
    provenAt: null,
    lifeSafetyOnlySince: null,
    ...change,
  };
}

export function contactOf(homeId: string, change: Partial<Contact> = {}): Contact {
  return { id: newId(), homeId, name: '王阿姨', locale: 'zh', createdAt: noon, ...change };
}

export function deliveryOf(
  notice: NoticeDraft,
  endpoint: Endpoint,
  dueAt = noon,
  change: Partial<QueuedDelivery> = {},
): QueuedDelivery {
  return {
    id: `${notice.id}:${endpoint.id}`,
    noticeId: notice.id,
    subjectId: notice.subjectId,
    accountId: notice.accountId,
    channel: endpoint.channel,
    endpointId: endpoint.id,
    contactId: null,
    class: notice.class,
    rank: 0,
    stage: 0,
    dueAt,
    bundle: null,
    enters: 'due',
    ...change,
  };
}

/** What one attempt came to. */
export function settlementOf(
  state: Settlement['state'],
  detail: string,
  change: Partial<Settlement> = {},
): Settlement {
  const attempt = { at: noon, tookMs: 5, outcome: 'accepted', detail: '200' } as const;
  return { state, detail, tellsNext: false, attempt, ...change };
}

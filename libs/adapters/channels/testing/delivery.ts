// A delivery as the outbox leases it, for tests.
import type { LeasedDelivery } from '#domain/notices';

export function leasedDelivery(address: string, secret: string): LeasedDelivery {
  return {
    id: 'notice1-endpoint1',
    noticeId: 'notice1',
    subjectId: 'alarm1',
    accountId: 'account1',
    channel: 'webhook',
    endpointId: 'endpoint1',
    dueAt: 0,
    state: 'due',
    attempts: 0,
    detail: null,
    settledAt: null,
    leaseUntil: 0,
    endpoint: { id: 'endpoint1', accountId: 'account1', channel: 'webhook', address, secret, createdAt: 0 },
    notice: {
      id: 'notice1',
      accountId: 'account1',
      about: 'alarm',
      subjectId: 'alarm1',
      deviceId: 'gas-1',
      epoch: 1,
      step: 'raised',
      number: 0,
      class: 'L',
      severity: 'critical',
      title: { zh: '燃气告警', en: 'Gas alarm' },
      body: { zh: '10 %LEL', en: '10 %LEL' },
      receivedAt: 1_700_000_000_000,
      createdAt: 1_700_000_000_100,
      counter: 7,
    },
  };
}

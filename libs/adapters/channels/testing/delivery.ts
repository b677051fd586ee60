// One message on its way to one endpoint, for tests.
import type { ChannelKind } from '#codecs/api';
import type { Endpoint, Message, Sending } from '#domain/notices';

export function sendingTo(
  channel: ChannelKind,
  place: Pick<Endpoint, 'address' | 'secret'>,
  change: Partial<Message> = {},
): Sending {
  return {
    id: 'notice1-endpoint1',
    channel,
    endpoint: {
      id: 'endpoint1',
      accountId: 'account1',
      contactId: null,
      channel,
      name: '',
      ...place,
      linkKey: 'the-key-of-the-links',
      locale: 'en',
      createdAt: 0,
      confirmedAt: 0,
      provenAt: null,
      lifeSafetyOnlySince: null,
    },
    notice: {
      id: 'notice1',
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
      ...change,
    },
    timeZone: null,
  };
}

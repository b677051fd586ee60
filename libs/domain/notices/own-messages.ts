// What the gateway says on its own account: "may we write to you here?" and "this is a test".
import { Injectable } from '@nestjs/common';
import type { Text } from '#codecs/api';
import { Attempts } from '#domain/accounts';
import { Clock } from '#domain/clock';
import { Channels } from './channel.js';
import type { Receipt } from './delivery.js';
import type { Endpoint } from './endpoint.js';
import type { EndpointPerson } from './endpoint-people.js';
import { ownSending } from './message.js';

const timeoutMs = 10_000;

const testText = {
  title: { zh: '测试消息', en: 'Test message' },
  body: {
    zh: '这是一条测试消息，一切正常，无需处理。',
    en: 'This is a test. Nothing has happened, and there is nothing to do.',
  },
};

@Injectable()
export class OwnMessages {
  constructor(
    private readonly channels: Channels,
    private readonly attempts: Attempts,
    private readonly clock: Clock,
  ) {}

  /**
   * Asks at the endpoint itself whether messages may come, with a link that says yes. Counted for the address and for
   * who asks, so that nobody's mailbox is filled by it.
   * @throws DomainError `too-many-attempts`.
   */
  async ask(endpoint: Endpoint, { account, contact }: EndpointPerson): Promise<Receipt> {
    this.attempts.begin([`confirmation to ${endpoint.address}`, `confirmations by ${account.id}`]);
    const text = contact
      ? askContact(contact.contact.name, account.name, contact.home.name)
      : askOwner(account.name);
    return this.channels.deliver(ownSending(endpoint, 'confirm', text, this.clock.now()), timeoutMs);
  }

  /** @param sentAt names the test in its link */
  test(endpoint: Endpoint, sentAt: number): Promise<Receipt> {
    return this.channels.deliver(ownSending(endpoint, 'test', testText, sentAt), timeoutMs);
  }
}

function askOwner(name: string): { title: Text; body: Text } {
  return {
    title: { zh: '请确认此地址', en: 'Confirm this address' },
    body: {
      zh: `${name}，您希望在这里接收设备告警。请打开链接并确认。如果不是您本人操作，请忽略此消息，之后不会再收到。`,
      en: `${name}, you asked to be told here about your devices. Open the link and confirm. If that was not you, ignore this message: nothing more will come.`,
    },
  };
}

function askContact(name: string, owner: string, home: string): { title: Text; body: Text } {
  return {
    title: { zh: `${owner} 请您做紧急联系人`, en: `${owner} names you as an emergency contact` },
    body: {
      zh: `${name}，${owner} 希望在“${home}”发生紧急情况而无人响应时通知您。如果您同意，请打开链接并确认；否则请忽略此消息，之后不会再收到。`,
      en: `${name}, ${owner} wants you to be told when there is an emergency at “${home}” and nobody there answers. If you agree, open the link and confirm; otherwise ignore this message: nothing more will come.`,
    },
  };
}

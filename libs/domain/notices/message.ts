// A message: what a channel is to say to one endpoint, be it a notice or a word of the gateway's own.
import type { ChannelKind, NoticeStep, Text } from '#codecs/api';
import type { Endpoint } from './endpoint.js';
import type { Notice } from './notice.js';

/** `confirm` asks whether messages may come; `test` shows that they do. */
export type MessageStep = NoticeStep | 'confirm' | 'test';

type OfNotice = 'id' | 'number' | 'class' | 'severity' | 'title' | 'body' | 'receivedAt' | 'createdAt';

export interface Message extends Pick<Notice, OfNotice> {
  readonly step: MessageStep;
  /** `endpoint`: the very one that it goes to. */
  readonly about: Notice['about'] | 'endpoint';
  readonly subjectId: string;
  /** Null for what is not about a device. */
  readonly deviceId: string | null;
  readonly epoch: number | null;
}

/** One message to one endpoint. */
export interface Sending {
  /** The same at every attempt; the receiver drops what it has seen. */
  readonly id: string;
  readonly channel: ChannelKind;
  readonly endpoint: Endpoint;
  readonly notice: Message;
  /** By whose clocks it tells its times: those of the device's home; null: the gateway's own. */
  readonly timeZone: string | null;
}

/** A message of the gateway's own, about the very endpoint that it goes to. */
export function ownSending(
  endpoint: Endpoint,
  step: Exclude<MessageStep, NoticeStep>,
  text: { readonly title: Text; readonly body: Text },
  now: number,
): Sending {
  const id = `${step}.${endpoint.id}.${now}`;
  const notice: Message = {
    ...text,
    id,
    step,
    about: 'endpoint',
    subjectId: endpoint.id,
    deviceId: null,
    epoch: null,
    number: 0,
    class: 'I',
    severity: 'info',
    receivedAt: now,
    createdAt: now,
  };
  return { id, channel: endpoint.channel, endpoint, notice, timeZone: null };
}

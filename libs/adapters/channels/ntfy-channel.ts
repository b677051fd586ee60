// The ntfy channel: a message to a topic on ntfy.sh or a server of one's own (docs.ntfy.sh/publish, "as JSON").
import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { AlarmClass, Severity } from '#codecs/api';
import type { Receipt, Sending } from '#domain/notices';
import type { Channel } from './channel.js';
import { OutboundHttp } from './outbound-http.js';
import { Wordings } from './wording.js';

/** 5 breaks through "do not disturb" on the phone, 3 is the usual. */
const priorities: Readonly<Record<AlarmClass, number>> = { L: 5, S: 4, T: 3, I: 2 };

/** Shown as pictures before the title. */
const tags: Readonly<Record<Severity, string>> = {
  emergency: 'rotating_light',
  critical: 'rotating_light',
  major: 'warning',
  minor: 'warning',
  warning: 'warning',
  info: 'information_source',
};

const isGood: ReadonlySet<string> = new Set(['calm', 'cleared']);

@Injectable()
export class NtfyChannel implements Channel {
  readonly missing = [];

  constructor(
    private readonly http: OutboundHttp,
    private readonly wordings: Wordings,
  ) {}

  async deliver(sending: Sending, timeoutMs: number): Promise<Receipt> {
    const { address, secret } = sending.endpoint;
    const place = topicOf(address);
    if (!place) return { outcome: 'refused', detail: 'this is not the address of a topic' };
    const headers = {
      'content-type': 'application/json; charset=utf-8',
      ...(secret !== '' && { authorization: `Bearer ${secret}` }),
    };
    const body = JSON.stringify({ topic: place.topic, ...this.message(sending) });
    return this.http.postForReceipt(place.server, { headers, body }, timeoutMs);
  }

  private message(sending: Sending) {
    const { title, body, url, action } = this.wordings.of(sending);
    const { notice } = sending;
    const good = isGood.has(notice.step);
    return {
      // From ntfy 2.16 on, what comes twice with the same id is shown once.
      sequence_id: createHash('sha256').update(sending.id).digest('base64url'),
      title,
      message: body,
      priority: good ? priorities.T : priorities[notice.class],
      tags: [good ? 'white_check_mark' : tags[notice.severity]],
      click: url,
      actions: [{ action: 'view', label: action.label, url: action.url }],
    };
  }
}

/** JSON is posted to the server's root and names the topic itself; so titles need no header, which would be ASCII. */
function topicOf(address: string): { server: string; topic: string } | null {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  const topic = url.pathname.split('/').filter(Boolean).at(-1);
  return topic === undefined ? null : { server: new URL('/', url).href, topic };
}

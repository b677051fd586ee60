// The web push channel: a message encrypted for one browser (RFC 8291), sent by way of its push service (RFC 8030).
import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import webPush from 'web-push';
import type { AlarmClass } from '#codecs/api';
import type { Receipt, Sending } from '#domain/notices';
import type { Channel } from './channel.js';
import { ChannelSettings } from './channel-settings.js';
import { OutboundHttp } from './outbound-http.js';
import { Wordings } from './wording.js';

/** How long the push service keeps it for a phone that is off, and whether it wakes one that sleeps (RFC 8030 §5.2, 5.3). */
const urgencies: Readonly<Record<AlarmClass, { ttlS: number; urgency: webPush.Urgency }>> = {
  L: { ttlS: 24 * 3_600, urgency: 'high' },
  S: { ttlS: 24 * 3_600, urgency: 'high' },
  T: { ttlS: 72 * 3_600, urgency: 'normal' },
  I: { ttlS: 24 * 3_600, urgency: 'low' },
};

/** Push services answer so for a browser that unsubscribed or is no more (RFC 8030 §7.3). */
const gone = new Set(['HTTP 404', 'HTTP 410']);

@Injectable()
export class WebPushChannel implements Channel {
  readonly missing: readonly string[];

  constructor(
    private readonly settings: ChannelSettings,
    private readonly http: OutboundHttp,
    private readonly wordings: Wordings,
  ) {
    this.missing = settings.vapid.subject === null ? ['VAPID_SUBJECT'] : [];
  }

  get publicKey(): string {
    return this.settings.vapid.publicKey;
  }

  async deliver(sending: Sending, timeoutMs: number): Promise<Receipt> {
    const request = this.encrypted(sending);
    if (!request) return { outcome: 'refused', detail: 'this is not a subscription of a browser' };
    const receipt = await this.http.postForReceipt(sending.endpoint.address, request, timeoutMs);
    return receipt.outcome === 'refused' && gone.has(receipt.detail) ? { ...receipt, isGone: true } : receipt;
  }

  /** Null when the subscription's keys are none. */
  private encrypted(sending: Sending) {
    const { endpoint, notice } = sending;
    const [p256dh = '', auth = ''] = endpoint.secret.split('.');
    const { subject, publicKey, privateKey } = this.settings.vapid;
    const { ttlS, urgency } = urgencies[notice.class];
    try {
      const { headers, body } = webPush.generateRequestDetails(
        { endpoint: endpoint.address, keys: { p256dh, auth } },
        JSON.stringify(this.payload(sending)),
        {
          vapidDetails: { subject: subject ?? '', publicKey, privateKey },
          TTL: ttlS,
          urgency,
          topic: topicOf(notice.subjectId),
          contentEncoding: 'aes128gcm',
        },
      );
      return { headers: headersOf(headers), body: body ?? '' };
    } catch {
      return null;
    }
  }

  /** What the service worker of the pages reads (apps/web/public/service-worker.js). */
  private payload(sending: Sending) {
    const { notice, endpoint } = sending;
    const { title, body, url } = this.wordings.of(sending);
    return {
      id: sending.id,
      title,
      body,
      url,
      lang: endpoint.locale,
      // One notification a subject: what is said later takes the place of what was said before.
      tag: notice.subjectId,
      isLoud: !quietSteps.has(notice.step),
      staysUntilSeen: notice.class === 'L' && (notice.step === 'raised' || notice.step === 'repeat'),
      at: notice.receivedAt,
      // Posted when it has been shown: so it is known that this way works, and how long it took.
      shownUrl: new URL(this.wordings.postUrl(sending, 'arrived')).pathname,
    };
  }
}

/** They replace what is shown without a sound. */
const quietSteps: ReadonlySet<string> = new Set(['acknowledged', 'calm', 'cleared']);

/** At most 32 characters of base64url (RFC 8030 §5.4); of those that wait, the last of a topic is kept. */
function topicOf(subjectId: string): string {
  return createHash('sha256').update(subjectId).digest('base64url').slice(0, 32);
}

/** The length is added where it is sent. */
function headersOf(headers: Record<string, string | number | undefined>): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined || name.toLowerCase() === 'content-length' ? [] : [[name, value]],
    ),
  );
}

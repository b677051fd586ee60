// The mail channel: a message to a confirmed mail address by way of the operator's mail server.
import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import addressparser from 'nodemailer/lib/addressparser';
import { SnapshotStore } from '#domain/devices';
import type { Receipt, Sending } from '#domain/notices';
import type { Channel } from './channel.js';
import { ChannelSettings } from './channel-settings.js';
import { mailMessage } from './mail-message.js';
import { type SmtpServer, sendMail, smtpServer } from './smtp.js';
import { Wordings } from './wording.js';

/** Mail servers take only so many connections from one place. */
const mostConnections = 8;
/** For a picture on a disk that does not answer. */
const longestReadMs = 1_000;
/** Steps with which a picture says something. */
const pictured: ReadonlySet<string> = new Set(['raised', 'repeat']);

@Injectable()
export class MailChannel implements Channel {
  readonly missing: readonly string[];
  private readonly server: SmtpServer | null;
  private readonly from: string;
  private readonly envelopeFrom: string;
  private free = mostConnections;
  private readonly queue: (() => void)[] = [];

  constructor(
    { smtpUrl, mailFrom }: ChannelSettings,
    private readonly wordings: Wordings,
    private readonly pictures: SnapshotStore,
  ) {
    this.missing = [...(smtpUrl === null ? ['SMTP_URL'] : []), ...(mailFrom === null ? ['MAIL_FROM'] : [])];
    this.server = smtpUrl === null ? null : smtpServer(smtpUrl);
    this.from = mailFrom ?? '';
    const [sender] = addressparser(this.from, { flatten: true });
    this.envelopeFrom = sender?.address ?? '';
  }

  async deliver(sending: Sending, timeoutMs: number): Promise<Receipt> {
    const { server } = this;
    if (!server) return { outcome: 'refused', detail: 'there is no mail server' };
    const deadline = performance.now() + timeoutMs;
    if (!(await this.place(timeoutMs))) {
      return { outcome: 'retry', detail: 'other mails were in the way', isHeldBack: true };
    }
    try {
      const envelope = { from: this.envelopeFrom, to: sending.endpoint.address };
      const message = await this.compose(sending, patienceFor(deadline));
      return await sendMail(server, envelope, message, Math.max(1, deadline - performance.now()));
    } catch {
      return { outcome: 'retry', detail: 'the mail could not be written' };
    } finally {
      this.leave();
    }
  }

  private async compose(sending: Sending, patienceMs: number): Promise<Uint8Array> {
    const isOptional = sending.notice.class !== 'L' && sending.notice.about !== 'endpoint';
    return mailMessage({
      sending,
      wording: this.wordings.of(sending),
      from: this.from,
      picture: await this.pictureFor(sending, patienceMs),
      unsubscribeUrl: isOptional ? this.wordings.postUrl(sending, 'unsubscribe') : null,
    });
  }

  /** Of the device as this owner has it; a mail without it is better than none, or than a late one. */
  private async pictureFor(
    { notice: { about, step, deviceId, epoch } }: Sending,
    patienceMs: number,
  ): Promise<Uint8Array | null> {
    if (about !== 'alarm' || deviceId === null || epoch === null || !pictured.has(step)) return null;
    const read = this.pictures.read(deviceId, epoch).catch(() => null);
    const done = new AbortController();
    try {
      return await Promise.race([read, pause(patienceMs, null, { signal: done.signal })]);
    } finally {
      done.abort();
    }
  }

  /** Waits for a free connection; false when none became free in time. */
  private place(timeoutMs: number): Promise<boolean> {
    if (this.free > 0) {
      this.free -= 1;
      return Promise.resolve(true);
    }
    return new Promise(resolve => {
      const enter = () => {
        clearTimeout(timer);
        resolve(true);
      };
      const timer = setTimeout(() => {
        this.queue.splice(this.queue.indexOf(enter), 1);
        resolve(false);
      }, timeoutMs);
      this.queue.push(enter);
    });
  }

  private leave(): void {
    const next = this.queue.shift();
    if (next) next();
    else this.free += 1;
  }
}

/** Half of what is left at most, so that the mail itself still has the rest. */
function patienceFor(deadline: number): number {
  return Math.min(longestReadMs, Math.max(0, deadline - performance.now()) / 2);
}

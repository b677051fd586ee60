// What a message says in the language of its endpoint, whichever channel says it: words, addresses, and one thing to do.
import { Injectable } from '@nestjs/common';
import { apiPrefix, type Locale } from '#codecs/api';
import { PublicUrl } from '#domain/devices';
import { alarmIdOf, type LinkPurpose, type MessageStep, type Sending, signLink } from '#domain/notices';

export interface Wording {
  readonly title: string;
  readonly body: string;
  readonly severity: string;
  /** When the packet that caused it arrived, by the clocks of the device's home, or else of the gateway, with their name. */
  readonly time: string;
  /** The page where more is said and done. */
  readonly url: string;
  readonly action: Action;
}

export interface Action {
  readonly label: string;
  /** A page that shows what it would do, and does nothing by being opened. */
  readonly url: string;
}

const severities: Record<Locale, Record<Sending['notice']['severity'], string>> = {
  zh: {
    emergency: '紧急',
    critical: '危急',
    major: '严重',
    minor: '一般',
    warning: '预警',
    info: '通知',
  },
  en: {
    emergency: 'Emergency',
    critical: 'Critical',
    major: 'Major',
    minor: 'Minor',
    warning: 'Warning',
    info: 'For information',
  },
};

const open: Readonly<Record<Locale, string>> = { zh: '打开', en: 'Open' };

/** Steps whose link does something, what that is, and how it is called. */
const acts: Partial<
  Readonly<
    Record<MessageStep, { readonly purpose: LinkPurpose; readonly label: Readonly<Record<Locale, string>> }>
  >
> = {
  confirm: { purpose: 'confirm', label: { zh: '查看并确认', en: 'Look and confirm' } },
  test: { purpose: 'arrived', label: { zh: '我收到了', en: 'It has arrived' } },
  raised: { purpose: 'acknowledge', label: { zh: '我知道了', en: 'I have seen it' } },
  repeat: { purpose: 'acknowledge', label: { zh: '我知道了', en: 'I have seen it' } },
};

@Injectable()
export class Wordings {
  constructor(private readonly publicUrl: PublicUrl) {}

  of(sending: Sending): Wording {
    const { notice, endpoint, timeZone } = sending;
    const { locale } = endpoint;
    const url = this.pageOf(sending);
    const act = acts[notice.step];
    return {
      title: notice.title[locale],
      body: notice.body[locale],
      severity: severities[locale][notice.severity],
      time: timeText(notice.receivedAt, locale, timeZone),
      url,
      action: act
        ? { label: act.label[locale], url: this.linkPage(sending, act.purpose) }
        : { label: open[locale], url },
    };
  }

  /** The token of a link for this purpose; the same at every attempt. */
  token({ endpoint, notice }: Sending, purpose: LinkPurpose): string {
    const subject = purpose === 'acknowledge' ? notice.subjectId : '';
    const link = { endpointId: endpoint.id, purpose, subject, sentAt: notice.createdAt };
    return signLink(link, endpoint.linkKey);
  }

  /** Where a program posts to do at once what the link is for. */
  postUrl(sending: Sending, purpose: LinkPurpose): string {
    return this.absolute(`${apiPrefix}/message-links/${this.token(sending, purpose)}`);
  }

  /** Who has no account has nothing to sign in with: the link of the message shows them what there is. */
  private pageOf(sending: Sending): string {
    const { step, about, subjectId, deviceId } = sending.notice;
    if (about === 'endpoint') return this.linkPage(sending, acts[step]?.purpose ?? 'arrived');
    const alarmId = alarmIdOf({ about, subjectId });
    if (alarmId !== null && sending.endpoint.contactId !== null) return this.linkPage(sending, 'acknowledge');
    if (alarmId !== null) return this.absolute(`/alarms/${encodeURIComponent(alarmId)}`);
    return this.absolute(deviceId === null ? '/' : `/devices/${encodeURIComponent(deviceId)}`);
  }

  /** The page that shows what a link is for, and does it when a person presses the button. */
  private linkPage(sending: Sending, purpose: LinkPurpose): string {
    return this.absolute(`/message/${this.token(sending, purpose)}`);
  }

  private absolute(path: string): string {
    return new URL(path, this.publicUrl.href).href;
  }
}

function timeText(at: number, locale: Locale, timeZone: string | null): string {
  const zone = timeZone === null ? {} : { timeZone };
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'long', ...zone }).format(at);
}

// What a message says in the language of its endpoint, whichever channel says it: words, addresses, and one thing to do.
import { Injectable } from '@nestjs/common';
import { apiPrefix, type Locale, type NoticeStep } from '#codecs/api';
import { PublicUrl } from '#domain/devices';
import { alarmIdOf, type LinkPurpose, type MessageStep, type Sending, signLink } from '#domain/notices';

export interface Wording {
  readonly title: string;
  readonly body: string;
  readonly severity: string;
  /** When the packet that caused it arrived, in the gateway's time zone. */
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

const labels: Partial<Record<MessageStep, Readonly<Record<Locale, string>>>> = {
  confirm: { zh: '查看并确认', en: 'Look and confirm' },
  test: { zh: '我收到了', en: 'It has arrived' },
  raised: { zh: '查看告警', en: 'See the alarm' },
  repeat: { zh: '查看告警', en: 'See the alarm' },
};

/** Of a message whose link acts, what it is for. */
const purposes: Readonly<Record<Exclude<MessageStep, NoticeStep>, LinkPurpose>> = {
  confirm: 'confirm',
  test: 'arrived',
};

@Injectable()
export class Wordings {
  constructor(private readonly publicUrl: PublicUrl) {}

  of(sending: Sending): Wording {
    const { notice, endpoint } = sending;
    const { locale } = endpoint;
    const url = this.pageOf(sending);
    return {
      title: notice.title[locale],
      body: notice.body[locale],
      severity: severities[locale][notice.severity],
      time: new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'long' }).format(
        notice.receivedAt,
      ),
      url,
      action: { label: (labels[notice.step] ?? open)[locale], url },
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

  private pageOf(sending: Sending): string {
    const { step, about, subjectId, deviceId } = sending.notice;
    if (step === 'confirm' || step === 'test') {
      return this.absolute(`/message/${this.token(sending, purposes[step])}`);
    }
    const alarmId = alarmIdOf({ about, subjectId });
    if (alarmId !== null) return this.absolute(`/alarms/${encodeURIComponent(alarmId)}`);
    return this.absolute(deviceId === null ? '/' : `/devices/${encodeURIComponent(deviceId)}`);
  }

  private absolute(path: string): string {
    return new URL(path, this.publicUrl.href).href;
  }
}

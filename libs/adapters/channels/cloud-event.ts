// A notice as a CloudEvent in structured form (CloudEvents 1.0, JSON format).
import { alarmIdOf, type Sending } from '#domain/notices';

export const cloudEventType = 'application/cloudevents+json; charset=utf-8';

/** The same bytes at every attempt: only what the notice says, nothing of when it is sent. */
export function cloudEvent({ id, notice }: Sending, source: string): string {
  return JSON.stringify({
    specversion: '1.0',
    id,
    source,
    type: `airbind.notice.${notice.step}`,
    subject: notice.subjectId,
    time: new Date(notice.createdAt).toISOString(),
    datacontenttype: 'application/json',
    data: {
      noticeId: notice.id,
      about: notice.about,
      alarmId: alarmIdOf(notice),
      deviceId: notice.deviceId,
      step: notice.step,
      number: notice.number,
      class: notice.class,
      severity: notice.severity,
      title: notice.title,
      body: notice.body,
      receivedAt: notice.receivedAt,
      createdAt: notice.createdAt,
    },
  });
}

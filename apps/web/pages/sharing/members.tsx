// Who was let in to a device or a home, who waits to be, and how to change that.
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Capability } from '#codecs/api';
import { circleQuery, type Subject } from '../../gateway/sharing.js';
import { FailureNote } from '../../parts/failure-note.js';
import { Section } from '../../parts/section.js';
import { Invite } from './invite.js';
import { MemberRow, WaitingRow } from './member-row.js';
import { Requests } from './requests.js';

/** @param most what the person who looks may give at most */
export function Members({ subject, most }: { subject: Subject; most: readonly Capability[] }) {
  const { t } = useTranslation();
  const { data: circle, error } = useQuery(circleQuery(subject));
  const isAlone = circle && circle.members.length + circle.invitations.length === 0;
  return (
    <Section title={t('sharing.members')}>
      <p className="quiet">{t('sharing.lead')}</p>
      <FailureNote fault={error} />
      {circle && circle.requests.length > 0 && <Requests deviceId={subject.id} requests={circle.requests} />}
      {isAlone && <p>{t('sharing.nobody')}</p>}
      <ul className="rows">
        {circle?.members.map(member => (
          <MemberRow key={member.id} subject={subject} member={member} />
        ))}
        {circle?.invitations.map(invitation => (
          <WaitingRow key={invitation.id} subject={subject} invitation={invitation} />
        ))}
      </ul>
      <Invite subject={subject} most={most} />
    </Section>
  );
}

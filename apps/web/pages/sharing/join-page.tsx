// An invitation: shows who lets whom do what, and is used only when the button is pressed.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { capabilities, type InvitationView } from '#codecs/api';
import { call } from '../../gateway/call.js';
import { codeOf } from '../../gateway/failure.js';
import { applyLiveEvent } from '../../gateway/live-cache.js';
import { sessionQuery } from '../../gateway/queries.js';
import { invitationQuery } from '../../gateway/sharing.js';
import { ActionButton } from '../../parts/action-button.js';
import { Calm } from '../../parts/calm.js';
import { useClockText } from '../../parts/clock.js';
import { FailureNote } from '../../parts/failure-note.js';
import { FailurePage } from '../../parts/failure-page.js';
import { Loading } from '../../parts/loading.js';
import { Page } from '../../parts/page.js';
import { SignInFirst } from '../../parts/sign-in-first.js';
import { useText } from '../../texts/use-locale.js';

export default function JoinPage() {
  const { token = '' } = useParams();
  const { data: invitation, error, refetch } = useQuery(invitationQuery(token));
  useQuery(sessionQuery);
  if (error && codeOf(error) === 'link-spent') return <Over />;
  if (!invitation) return error ? <FailurePage fault={error} retry={refetch} /> : <Loading />;
  return <Offer token={token} invitation={invitation} />;
}

function Offer({ token, invitation }: { token: string; invitation: InvitationView }) {
  const { t } = useTranslation();
  const text = useText();
  const clock = useClockText();
  const { kind, name, by, can, until, isOwn } = invitation;
  const title = t('sharing.joinTitle', { name: by });
  const sentence = t(kind === 'home' ? 'sharing.joinHome' : 'sharing.joinDevice', { name: text(name) });
  if (isOwn)
    return (
      <Page title={title} heading="inside" narrow>
        <Calm isPage sign="person" title={title} text={t('sharing.own')} />
      </Page>
    );
  return (
    <Page title={title} heading="inside" narrow>
      <Calm isPage sign="person" title={title} text={sentence}>
        <ul className="granted">
          {capabilities
            .filter(one => can.includes(one))
            .map(one => (
              <li key={one}>
                <strong>{t(`sharing.can.${one}`)}</strong>
                <span className="hint">{t(`sharing.canHint.${one}`)}</span>
              </li>
            ))}
        </ul>
        {until !== null && <p>{t('sharing.joinUntil', { time: clock(until) })}</p>}
        <Accept token={token} />
      </Calm>
    </Page>
  );
}

function Accept({ token }: { token: string }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const navigate = useNavigate();
  const { data: session } = useQuery(sessionQuery);
  const accept = useMutation({
    mutationFn: () => call('acceptInvitation', { params: { token } }),
    onSuccess: async () => {
      applyLiveEvent(cache, { name: 'devices' });
      await navigate('/', { replace: true });
    },
  });
  if (session === undefined) return <Loading />;
  if (session === null) return <SignInFirst why={t('sharing.joinSignIn')} />;
  return (
    <>
      <FailureNote fault={accept.error} />
      <ActionButton className="button-big" busy={accept.isPending} onClick={() => accept.mutate()}>
        {t('sharing.accept')}
      </ActionButton>
    </>
  );
}

function Over() {
  const { t } = useTranslation();
  return (
    <Page title={t('sharing.overTitle')} heading="inside" narrow>
      <Calm isPage sign="key" title={t('sharing.overTitle')} text={t('sharing.overText')} />
    </Page>
  );
}

// The link that makes an operator: shows what that is and who offers it, and is used only when the button is pressed.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { call } from '../../gateway/call.js';
import { codeOf } from '../../gateway/failure.js';
import { operatorOfferQuery } from '../../gateway/operators.js';
import { keys, sessionQuery } from '../../gateway/queries.js';
import { ActionButton } from '../../parts/action-button.js';
import { Calm } from '../../parts/calm.js';
import { useUntilText } from '../../parts/clock.js';
import { FailureNote } from '../../parts/failure-note.js';
import { FailurePage } from '../../parts/failure-page.js';
import { Loading } from '../../parts/loading.js';
import { Page } from '../../parts/page.js';
import { SignInFirst } from '../../parts/sign-in-first.js';

export default function OfferPage() {
  const { t } = useTranslation();
  const until = useUntilText();
  const { token = '' } = useParams();
  const { data: offer, error, refetch } = useQuery(operatorOfferQuery(token));
  useQuery(sessionQuery);
  if (error && codeOf(error) === 'link-spent') return <Over />;
  if (!offer) return error ? <FailurePage fault={error} retry={refetch} /> : <Loading />;
  const { by, expiresAt, isOperator } = offer;
  const title = by === null ? t('operators.offerTitleMachine') : t('operators.offerTitle', { name: by });
  return (
    <Page title={title} heading="inside" narrow>
      <Calm isPage sign="shield" title={title} text={t('operators.offerText')}>
        {isOperator ? (
          <p>{t('operators.already')}</p>
        ) : (
          <>
            <p className="hint">{t('operators.offerUntil', { time: until(expiresAt) })}</p>
            <Accept token={token} />
          </>
        )}
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
    mutationFn: () => call('becomeOperator', { params: { token } }),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: keys.session });
      await navigate('/fleet', { replace: true });
    },
  });
  if (session === undefined) return <Loading />;
  if (session === null) return <SignInFirst why={t('operators.offerSignIn')} />;
  const { name, email } = session.account;
  return (
    <>
      <p>{t('operators.offerAs', { name, email })}</p>
      <FailureNote fault={accept.error} />
      <ActionButton className="button-big" busy={accept.isPending} onClick={() => accept.mutate()}>
        {t('operators.accept')}
      </ActionButton>
    </>
  );
}

function Over() {
  const { t } = useTranslation();
  return (
    <Page title={t('operators.overTitle')} heading="inside" narrow>
      <Calm isPage sign="key" title={t('operators.overTitle')} text={t('operators.overText')} />
    </Page>
  );
}

// What a scanned code opens: one code, several screens, by who asks.
import { useIsMutating, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Navigate, useParams } from 'react-router';
import type { ErrorCode, TicketView } from '#codecs/api';
import { codeOf } from '../../gateway/failure.js';
import { sessionQuery, ticketQuery } from '../../gateway/queries.js';
import { Calm } from '../../parts/calm.js';
import { FailurePage } from '../../parts/failure-page.js';
import { Loading } from '../../parts/loading.js';
import { Page } from '../../parts/page.js';
import { SignInFirst } from '../../parts/sign-in-first.js';
import { useText } from '../../texts/use-locale.js';
import { AskIn } from './ask-in.js';
import { bindKey } from './bind-form.js';
import { Found } from './found.js';
import { ProductIntro } from './product-intro.js';
import { Prove } from './prove.js';
import { Recover } from './recover.js';

const pollMs = 2_000;

/** A forged, mistyped or unknown code: all answer alike, so that nothing can be learnt by trying. */
const noCode: ReadonlySet<ErrorCode> = new Set(['not-our-code', 'not-found', 'invalid-request']);

export function ScanPage() {
  const { ticket = '' } = useParams();
  const {
    data: view,
    error,
    isPending,
    refetch,
  } = useQuery({
    ...ticketQuery(ticket),
    // The live stream tells of the window too; asking again also finds it when the stream is cut.
    refetchInterval: ({ state }) => (state.data?.view === 'unbound' ? pollMs : false),
  });
  // Of nobody's session there is nothing to ask: the view `product` is for who is not signed in.
  useQuery({ ...sessionQuery, enabled: !isPending && view?.view !== 'product' });
  if (error && noCode.has(codeOf(error))) return <NoCode kind="invalid" />;
  if (error && codeOf(error) === 'old-label') return <NoCode kind="old" />;
  if (!view) return error ? <FailurePage fault={error} retry={refetch} /> : <Loading />;
  return <Scanned key={ticket} ticket={ticket} view={view} />;
}

function Scanned({ ticket, view }: { ticket: string; view: TicketView }) {
  const text = useText();
  const binding = useIsMutating({ mutationKey: bindKey(ticket) }) > 0;
  // The page learns of its own binding in two ways; whichever is first, the device page says the same.
  if (view.view === 'owner' || view.view === 'member') {
    return <Navigate to={`/devices/${view.deviceId}`} replace state={{ justBound: binding }} />;
  }
  return (
    <Page title={text(view.product.name)} heading="inside" narrow>
      <ProductIntro product={view.product} />
      <Step ticket={ticket} view={view} />
    </Page>
  );
}

function Step({ ticket, view }: { ticket: string; view: Exclude<TicketView, { view: 'owner' | 'member' }> }) {
  const { t } = useTranslation();
  switch (view.view) {
    case 'product':
      return <SignInFirst why={t('scan.signInText')} />;
    case 'unbound':
      return <Prove ticket={ticket} policy={view.product.bindingPolicy} windowUntil={view.windowUntil} />;
    case 'stranger':
      return (
        <>
          <AskIn ticket={ticket} asked={view.asked} />
          <Found ticket={ticket} />
          <Recover ticket={ticket} policy={view.product.bindingPolicy} dueAt={view.recoveryDueAt} />
        </>
      );
    default:
      return view satisfies never;
  }
}

function NoCode({ kind }: { kind: 'invalid' | 'old' }) {
  const { t } = useTranslation();
  return (
    <Page title={t(`scan.${kind}Title`)} heading="inside" narrow>
      <Calm
        isPage
        sign={kind === 'old' ? 'label' : 'code'}
        title={t(`scan.${kind}Title`)}
        text={t(`scan.${kind}Text`)}
      />
    </Page>
  );
}

// After an account has ended: how far it has come, and the certificate, for whoever has the link.
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { type FarewellView, pathOf, streams } from '#codecs/api';
import { farewellQuery } from '../../gateway/queries.js';
import { Calm } from '../../parts/calm.js';
import { useClockText } from '../../parts/clock.js';
import { FailurePage } from '../../parts/failure-page.js';
import { Loading } from '../../parts/loading.js';
import { Page } from '../../parts/page.js';

export default function FarewellPage() {
  const { token = '' } = useParams();
  const { data: farewell, error, refetch } = useQuery(farewellQuery(token));
  if (!farewell) return error ? <FailurePage fault={error} retry={refetch} /> : <Loading />;
  return <Farewell token={token} farewell={farewell} />;
}

function Farewell({ token, farewell }: { token: string; farewell: FarewellView }) {
  const { certificate, keptUntil } = farewell;
  const { t } = useTranslation();
  const clock = useClockText();
  const title = t(certificate ? 'leaving.goneTitle' : 'leaving.goingTitle');
  return (
    <Page title={title} heading="inside" narrow>
      <Calm isPage sign="key" title={title} text={t(certificate ? 'leaving.goneText' : 'leaving.goingText')}>
        <p role="status" className="hint">
          {t('leaving.keep', { time: clock(keptUntil) })}
        </p>
        {certificate && (
          <>
            <a
              className="button button-primary button-big"
              href={pathOf(streams.farewellCertificate, { token })}
              download="airbind-farewell.json"
            >
              {t('leaving.download')}
            </a>
            <Link to="/sign-up" className="button button-plain">
              {t('account.signUp')}
            </Link>
          </>
        )}
      </Calm>
    </Page>
  );
}

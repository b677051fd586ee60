// Devices that one had: the history of each kept, being erased, or erased with a certificate.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ErasureView, type PastView, pathOf, streams } from '#codecs/api';
import { call } from '../../gateway/call.js';
import { keys, pastQuery } from '../../gateway/queries.js';
import { BackLink } from '../../parts/back-link.js';
import { useClockText } from '../../parts/clock.js';
import { ConfirmDialog } from '../../parts/confirm-dialog.js';
import { FailurePage } from '../../parts/failure-page.js';
import { Loading } from '../../parts/loading.js';
import { Page } from '../../parts/page.js';
import { useText } from '../../texts/use-locale.js';

export default function PastPage() {
  const { t } = useTranslation();
  const { data: past, error, refetch } = useQuery(pastQuery);
  if (!past) return error ? <FailurePage fault={error} retry={refetch} /> : <Loading />;
  return (
    <Page title={t('past.title')} narrow back={<BackLink to="/settings" text={t('settings.title')} />}>
      <p className="lead">{t('past.lead')}</p>
      {past.length === 0 ? (
        <p>{t('past.none')}</p>
      ) : (
        <ul className="rows section past">
          {past.map(each => (
            <PastRow key={each.id} past={each} />
          ))}
        </ul>
      )}
    </Page>
  );
}

function PastRow({ past }: { past: PastView }) {
  const { t } = useTranslation();
  const text = useText();
  const clock = useClockText();
  const { id, product, serial, from, to, erasure } = past;
  const name = `${text(product)} ${serial}`;
  return (
    <li className="member">
      <div>
        <strong>{text(product)}</strong> <span className="quiet">{serial}</span>
        <p className="hint">{t('past.time', { from: clock(from), to: clock(to) })}</p>
        <p role="status">
          <Became erasure={erasure} />
        </p>
      </div>
      {erasure === null && <Erase id={id} name={name} />}
      {erasure?.erasedAt && (
        <a
          href={pathOf(streams.certificate, { pastId: id })}
          download={`airbind-${id}.json`}
          className="button button-plain"
        >
          {t('past.certificate')}
          <span className="only-read"> {name}</span>
        </a>
      )}
    </li>
  );
}

function Became({ erasure }: { erasure: ErasureView | null }) {
  const { t } = useTranslation();
  const clock = useClockText();
  if (erasure === null) return t('past.kept');
  return erasure.erasedAt === null ? t('past.erasing') : t('past.erased', { time: clock(erasure.erasedAt) });
}

function Erase({ id, name }: { id: string; name: string }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const [asking, setAsking] = useState(false);
  const erase = useMutation({
    mutationFn: () => call('erasePast', { params: { pastId: id } }),
    onSuccess: () => cache.invalidateQueries({ queryKey: keys.past }),
  });
  return (
    <>
      <button type="button" className="button button-quiet-danger" onClick={() => setAsking(true)}>
        {t('past.erase')}
        <span className="only-read"> {name}</span>
      </button>
      {asking && (
        <ConfirmDialog
          title={t('past.ask', { name })}
          text={t('past.askText')}
          confirm={t('past.confirm')}
          look="danger"
          busy={erase.isPending}
          fault={erase.error}
          onConfirm={() => erase.mutate()}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}

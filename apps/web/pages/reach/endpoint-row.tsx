// One way to a person: where it is, whether it works, a test of it, and its end.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EndpointView } from '#codecs/api';
import { call } from '../../gateway/call.js';
import { keys } from '../../gateway/queries.js';
import { ActionButton } from '../../parts/action-button.js';
import { useClockText } from '../../parts/clock.js';
import { ConfirmDialog } from '../../parts/confirm-dialog.js';
import { FailureNote } from '../../parts/failure-note.js';
import { useLocale } from '../../texts/use-locale.js';
import { wordText } from '../../texts/word-texts.js';
import { TrialText } from './trial-text.js';

/** @param isContacts a contact goes with all their endpoints, and elsewhere */
export function EndpointRow({ endpoint, isContacts }: { endpoint: EndpointView; isContacts?: boolean }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const cache = useQueryClient();
  const [asking, setAsking] = useState(false);
  const params = { endpointId: endpoint.id };
  const refresh = () => {
    void cache.invalidateQueries({ queryKey: keys.endpoints });
    void cache.invalidateQueries({ queryKey: keys.contacts });
  };
  const test = useMutation({ mutationFn: () => call('testEndpoint', { params }), onSettled: refresh });
  const ask = useMutation({ mutationFn: () => call('askConfirmation', { params }), onSettled: refresh });
  const everything = useMutation({
    mutationFn: () => call('changeEndpoint', { params, body: { lifeSafetyOnly: false } }),
    onSettled: refresh,
  });
  const drop = useMutation({ mutationFn: () => call('dropEndpoint', { params }), onSettled: refresh });
  const isConfirmed = endpoint.state !== 'unconfirmed';
  const kind = wordText(locale, 'channel', endpoint.channel);
  const name = endpoint.name === '' ? kind : `${kind} · ${endpoint.name}`;
  return (
    <li className="way">
      <p className="way-name">{name}</p>
      <p className="code">{endpoint.address}</p>
      <StateText endpoint={endpoint} />
      <TrialText trial={endpoint.lastTrial} />
      {ask.isSuccess && (
        <p role="status" className="hint">
          {t('reach.askedAgain')}
        </p>
      )}
      <FailureNote fault={test.error ?? ask.error ?? everything.error} />
      <div className="row">
        {isConfirmed ? (
          <ActionButton look="plain" busy={test.isPending} onClick={() => test.mutate()}>
            {t('reach.test')}
            <span className="only-read"> {endpoint.address}</span>
          </ActionButton>
        ) : (
          <ActionButton look="plain" busy={ask.isPending} onClick={() => ask.mutate()}>
            {t('reach.askAgain')}
            <span className="only-read"> {endpoint.address}</span>
          </ActionButton>
        )}
        {endpoint.lifeSafetyOnlySince !== null && (
          <ActionButton look="plain" busy={everything.isPending} onClick={() => everything.mutate()}>
            {t('reach.everything')}
          </ActionButton>
        )}
        {!isContacts && (
          <button type="button" className="button button-plain" onClick={() => setAsking(true)}>
            {t('settings.remove')}
            <span className="only-read"> {endpoint.address}</span>
          </button>
        )}
      </div>
      {asking && (
        <ConfirmDialog
          title={t('reach.removeAsk', { name })}
          text={t('settings.removeText', { url: endpoint.address })}
          confirm={t('settings.remove')}
          look="danger"
          busy={drop.isPending}
          fault={drop.error}
          onConfirm={() => drop.mutate()}
          onClose={() => setAsking(false)}
        />
      )}
    </li>
  );
}

function StateText({ endpoint }: { endpoint: EndpointView }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const clock = useClockText();
  const { state, provenAt, lastReceipt, lifeSafetyOnlySince } = endpoint;
  return (
    <p className="hint">
      <strong className={`way-state way-${state}`}>{t(`reach.state.${state}`)}</strong>
      {state === 'unconfirmed' && ` ${t('reach.unconfirmedText')}`}
      {state === 'proven' && provenAt !== null && ` ${t('reach.provenAt', { time: clock(provenAt) })}`}
      {state === 'unproven' &&
        ` ${provenAt === null ? t('reach.neverProven') : t('reach.unprovenSince', { time: clock(provenAt) })}`}
      {lastReceipt && (
        <>
          <br />
          {t('settings.lastReceipt', {
            outcome: wordText(locale, 'receipt', lastReceipt.outcome),
            time: clock(lastReceipt.at),
          })}
        </>
      )}
      {lifeSafetyOnlySince !== null && (
        <>
          <br />
          {t('reach.lifeSafetyOnly', { time: clock(lifeSafetyOnlySince) })}
        </>
      )}
    </p>
  );
}

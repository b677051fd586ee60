// The link of a transfer: shows what is offered, and takes it over only when the button is pressed.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { call } from '../../gateway/call.js';
import { codeOf } from '../../gateway/failure.js';
import { applyLiveEvent } from '../../gateway/live-cache.js';
import { ActionButton } from '../../parts/action-button.js';
import { Calm } from '../../parts/calm.js';
import { FailureNote } from '../../parts/failure-note.js';
import { FailurePage } from '../../parts/failure-page.js';
import { Field } from '../../parts/field.js';
import { Loading } from '../../parts/loading.js';
import { Page } from '../../parts/page.js';
import { useText } from '../../texts/use-locale.js';
import { ProductIntro } from '../scan/product-intro.js';

export default function TransferPage() {
  const { t } = useTranslation();
  const text = useText();
  const { token = '' } = useParams();
  const { data, error, refetch } = useQuery({
    queryKey: ['transfer', token],
    queryFn: () => call('lookAtTransfer', { body: { token } }),
    retry: false,
  });
  const title = t('possession.takeTitle');
  if (error && ['link-spent', 'invalid-request'].includes(codeOf(error)))
    return (
      <Page title={title} heading="inside" narrow>
        <Calm isPage sign="key" title={t('possession.overTitle')} text={t('possession.overText')} />
      </Page>
    );
  if (!data) return error ? <FailurePage fault={error} retry={refetch} /> : <Loading />;
  return (
    <Page title={text(data.product.name)} heading="inside" narrow>
      <ProductIntro product={data.product} />
      <Take token={token} />
    </Page>
  );
}

function Take({ token }: { token: string }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const take = useMutation({
    mutationFn: () => {
      const named = name.trim();
      return call('acceptTransfer', { body: named === '' ? { token } : { token, name: named } });
    },
    onSuccess: async ({ deviceId }) => {
      applyLiveEvent(cache, { name: 'devices' });
      await navigate(`/devices/${deviceId}`, { replace: true, state: { justBound: true } });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!take.isPending) take.mutate();
  };
  return (
    <form className="form scan-step" onSubmit={submit}>
      <p>{t('possession.takeText')}</p>
      <Field
        label={t('scan.name')}
        hint={t('scan.nameHint')}
        autoComplete="off"
        maxLength={80}
        value={name}
        onChange={event => setName(event.target.value)}
      />
      <FailureNote fault={take.error} />
      <ActionButton type="submit" className="button-big" busy={take.isPending}>
        {t('possession.take')}
      </ActionButton>
    </form>
  );
}

// How a person wants to be told: which channel first for what, quiet hours, and one message a day.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { alarmClassSchema, type NoticePreferences } from '#codecs/api';
import { call } from '../../gateway/call.js';
import { keys, preferencesQuery } from '../../gateway/queries.js';
import { ActionButton } from '../../parts/action-button.js';
import { BackLink } from '../../parts/back-link.js';
import { FailureNote } from '../../parts/failure-note.js';
import { FailurePage } from '../../parts/failure-page.js';
import { Loading } from '../../parts/loading.js';
import { Page } from '../../parts/page.js';
import { Section } from '../../parts/section.js';
import { ClassOrder } from './class-order.js';
import { Waiting } from './waiting.js';

export default function TellingPage() {
  const { data, error, refetch } = useQuery(preferencesQuery);
  if (!data) return error ? <FailurePage fault={error} retry={refetch} /> : <Loading />;
  return <Telling saved={data} />;
}

function Telling({ saved }: { saved: NoticePreferences }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const [wishes, setWishes] = useState(saved);
  const save = useMutation({
    mutationFn: () => call('changePreferences', { body: wishes }),
    onSuccess: answer => cache.setQueryData<NoticePreferences>(keys.preferences, answer),
  });
  const wish = (change: Partial<NoticePreferences>) => {
    setWishes({ ...wishes, ...change });
    save.reset();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <Page title={t('telling.title')} narrow back={<BackLink to="/settings/reach" text={t('reach.title')} />}>
      <p className="lead">{t('telling.lead')}</p>
      <form onSubmit={submit}>
        <Section title={t('telling.waiting')}>
          <Waiting wishes={wishes} onChange={wish} />
        </Section>
        <Section title={t('telling.order')}>
          <p>{t('telling.orderText')}</p>
          {alarmClassSchema.options.map(of => (
            <ClassOrder
              key={of}
              of={of}
              order={wishes.channels[of]}
              onChange={order => wish({ channels: { ...wishes.channels, [of]: order } })}
            />
          ))}
        </Section>
        <FailureNote fault={save.error} />
        <div className="telling-foot">
          <ActionButton type="submit" busy={save.isPending}>
            {t('common.save')}
          </ActionButton>
          <p role="status">{save.isSuccess && t('telling.saved')}</p>
        </div>
      </form>
    </Page>
  );
}

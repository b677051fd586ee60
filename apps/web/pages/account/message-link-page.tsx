// The link of a message: it says what it is for and does it when pressed, because mail scanners open links too.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import type { MessageLinkView } from '#codecs/api';
import { call } from '../../gateway/call.js';
import { keys, messageLinkQuery } from '../../gateway/queries.js';
import { storedLocale } from '../../model/locale.js';
import { ActionButton } from '../../parts/action-button.js';
import { Calm } from '../../parts/calm.js';
import { useClockText } from '../../parts/clock.js';
import { FailureNote } from '../../parts/failure-note.js';
import { FailurePage } from '../../parts/failure-page.js';
import { Loading } from '../../parts/loading.js';
import { Page } from '../../parts/page.js';
import { useText } from '../../texts/use-locale.js';

export default function MessageLinkPage() {
  const { token = '' } = useParams();
  const { data: link, error, refetch } = useQuery(messageLinkQuery(token));
  if (!link) return error ? <FailurePage fault={error} retry={refetch} /> : <Loading />;
  return <MessageLink token={token} link={link} />;
}

function MessageLink({ token, link }: { token: string; link: MessageLinkView }) {
  const { t, i18n } = useTranslation();
  const cache = useQueryClient();
  const text = useText();
  const clock = useClockText();
  const { purpose, about, address, locale, alarm } = link;
  // Who follows it may never have been here: the message's language is the best guess.
  useEffect(() => {
    if (storedLocale() === null) void i18n.changeLanguage(locale);
  }, [i18n, locale]);
  const follow = useMutation({
    mutationFn: () => call('followMessageLink', { params: { token } }),
    onSuccess: done => cache.setQueryData(keys.messageLink(token), done),
  });
  const state = link.isDone ? 'done' : 'ask';
  const title = t(`messageLink.${purpose}.${state}`, { about });
  return (
    <Page title={title} heading="inside" narrow>
      <Calm isPage sign="bell" title={title} text={t(`messageLink.${purpose}.text`, { about, address })}>
        {alarm && (
          <p>
            <strong>{text(alarm.title)}</strong>{' '}
            {alarm.state === 'cleared'
              ? t('messageLink.over')
              : t('messageLink.since', { time: clock(alarm.raisedAt) })}
          </p>
        )}
        <FailureNote fault={follow.error} />
        {!link.isDone && (
          <ActionButton className="button-big" busy={follow.isPending} onClick={() => follow.mutate()}>
            {t(`messageLink.${purpose}.act`)}
          </ActionButton>
        )}
      </Calm>
    </Page>
  );
}

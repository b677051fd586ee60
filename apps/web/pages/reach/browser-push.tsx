// Messages to this browser while no page is open: what is needed for it, and the switch.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ChannelView } from '#codecs/api';
import { subscribe, subscribedUrl, unsubscribe } from '../../gateway/push-subscription.js';
import { keys } from '../../gateway/queries.js';
import { browserName, pushSupport, pushSurroundings } from '../../model/push.js';
import { ActionButton } from '../../parts/action-button.js';
import { FailureNote } from '../../parts/failure-note.js';
import { Section } from '../../parts/section.js';
import { NotSetUp } from './not-set-up.js';

export function BrowserPush({ channel }: { channel: ChannelView }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const support = pushSupport(pushSurroundings(window));
  const { data: url = null } = useQuery({ queryKey: keys.push, queryFn: subscribedUrl });
  const change = useMutation({
    mutationFn: () =>
      url === null ? subscribe(channel.publicKey ?? '', browserName(navigator.userAgent)) : unsubscribe(),
    onSettled: () => {
      void cache.invalidateQueries({ queryKey: keys.push });
      void cache.invalidateQueries({ queryKey: keys.endpoints });
    },
  });
  return (
    <Section title={t('reach.thisBrowser')}>
      <p>{t('reach.pushText')}</p>
      {support !== 'ready' && <p className="quiet">{t(`reach.push.${support}`)}</p>}
      {!channel.isReady && <NotSetUp channel={channel} />}
      {support === 'ready' && channel.isReady && (
        <>
          <p>{url === null ? t('reach.pushOff') : t('reach.pushOn')}</p>
          {change.isError && <FailureNote fault={change.error} text={t('reach.pushFailed')} />}
          <ActionButton
            look={url === null ? 'primary' : 'plain'}
            busy={change.isPending}
            onClick={() => change.mutate()}
          >
            {url === null ? t('reach.pushStart') : t('reach.pushStop')}
          </ActionButton>
        </>
      )}
    </Section>
  );
}

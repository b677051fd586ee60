// A new way: the person chooses which, and says where it is.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Body, ChannelKind, ChannelView, EndpointView } from '#codecs/api';
import { call } from '../../gateway/call.js';
import { keys } from '../../gateway/queries.js';
import { ActionButton } from '../../parts/action-button.js';
import { Choice } from '../../parts/choice.js';
import { FailureNote } from '../../parts/failure-note.js';
import { Field } from '../../parts/field.js';
import { Section } from '../../parts/section.js';
import { useLocale } from '../../texts/use-locale.js';
import { wordText } from '../../texts/word-texts.js';
import { EndpointSecret } from './endpoint-secret.js';
import { NotSetUp } from './not-set-up.js';

/** A browser is added by itself, above. */
type Added = Exclude<ChannelKind, 'web-push'>;

interface Typed {
  readonly place: string;
  readonly token: string;
  readonly name: string;
}

const nothing: Typed = { place: '', token: '', name: '' };

const kinds: {
  readonly [K in Added]: {
    readonly input: 'email' | 'url';
    readonly example: string;
    readonly details: (typed: Typed) => Body<'addEndpoint'>;
  };
} = {
  mail: {
    input: 'email',
    example: 'lan@example.org',
    details: ({ place, name }) => ({ channel: 'mail', address: place, name }),
  },
  ntfy: {
    input: 'url',
    example: 'https://ntfy.sh/…',
    details: ({ place, token, name }) => ({ channel: 'ntfy', url: place, token, name }),
  },
  wecom: {
    input: 'url',
    example: 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=…',
    details: ({ place, name }) => ({ channel: 'wecom', url: place, name }),
  },
  webhook: {
    input: 'url',
    example: 'https://',
    details: ({ place, name }) => ({ channel: 'webhook', url: place, name }),
  },
};

const inOrder = Object.keys(kinds) as readonly Added[];

export function AddEndpoint({ channels }: { channels: readonly ChannelView[] }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const cache = useQueryClient();
  const [kind, setKind] = useState<Added>('mail');
  const [typed, setTyped] = useState(nothing);
  const [made, setMade] = useState<EndpointView | null>(null);
  const { input, example, details } = kinds[kind];
  const chosen = channels.find(({ channel }) => channel === kind);
  const add = useMutation({
    mutationFn: () =>
      call('addEndpoint', {
        body: details({ place: typed.place.trim(), token: typed.token.trim(), name: typed.name.trim() }),
      }),
    onSuccess: endpoint => {
      setMade(endpoint);
      setTyped(nothing);
      void cache.invalidateQueries({ queryKey: keys.endpoints });
    },
  });
  const choose = (next: Added) => {
    setKind(next);
    setTyped(nothing);
    setMade(null);
    add.reset();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add.mutate();
  };
  const type = (change: Partial<Typed>) => setTyped({ ...typed, ...change });
  return (
    <Section title={t('reach.add')}>
      <Choice
        legend={t('reach.which')}
        hideLegend
        options={inOrder.map(value => ({ value, text: wordText(locale, 'channel', value) }))}
        value={kind}
        onChange={choose}
      />
      <p>{t(`reach.about.${kind}`)}</p>
      {made?.secret && <EndpointSecret secret={made.secret} done={() => setMade(null)} />}
      {made?.state === 'unconfirmed' && <p role="status">{t('reach.asked', { address: made.address })}</p>}
      {chosen && !chosen.isReady ? (
        <NotSetUp channel={chosen} />
      ) : (
        <form className="form" onSubmit={submit}>
          <Field
            label={t(`reach.place.${kind}`)}
            type={input}
            name="place"
            placeholder={example}
            autoComplete={input === 'email' ? 'email' : 'off'}
            required
            maxLength={500}
            value={typed.place}
            onChange={event => type({ place: event.target.value })}
          />
          {kind === 'ntfy' && (
            <Field
              label={t('reach.token')}
              hint={t('reach.tokenHint')}
              name="token"
              type="password"
              autoComplete="off"
              maxLength={200}
              value={typed.token}
              onChange={event => type({ token: event.target.value })}
            />
          )}
          <Field
            label={t('reach.name')}
            name="name"
            maxLength={80}
            value={typed.name}
            onChange={event => type({ name: event.target.value })}
          />
          <FailureNote fault={add.error} />
          <ActionButton type="submit" look="plain" busy={add.isPending}>
            {t('settings.add')}
          </ActionButton>
        </form>
      )}
    </Section>
  );
}

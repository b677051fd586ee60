// The contacts of a home: people without an account who are told when nobody there answers.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChannelView, ContactView, HomeView, Locale } from '#codecs/api';
import { call } from '../../gateway/call.js';
import { contactsQuery, keys } from '../../gateway/queries.js';
import { ActionButton } from '../../parts/action-button.js';
import { Choice } from '../../parts/choice.js';
import { ConfirmDialog } from '../../parts/confirm-dialog.js';
import { FailureNote } from '../../parts/failure-note.js';
import { Field } from '../../parts/field.js';
import { Section } from '../../parts/section.js';
import { useLocale } from '../../texts/use-locale.js';
import { EndpointRow } from './endpoint-row.js';
import { NotSetUp } from './not-set-up.js';

export function Contacts({ home, mail }: { home: HomeView; mail: ChannelView | undefined }) {
  const { t } = useTranslation();
  const { data: contacts, error } = useQuery(contactsQuery(home.id));
  return (
    <Section title={t('reach.contacts', { home: home.name })}>
      <p>{t('reach.contactsText')}</p>
      <FailureNote fault={error} />
      {contacts?.map(contact => (
        <Contact key={contact.id} contact={contact} />
      ))}
      {mail && !mail.isReady ? <NotSetUp channel={mail} /> : <AddContact home={home} />}
    </Section>
  );
}

function Contact({ contact }: { contact: ContactView }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const [asking, setAsking] = useState(false);
  const drop = useMutation({
    mutationFn: () => call('dropContact', { params: { homeId: contact.homeId, contactId: contact.id } }),
    onSettled: () => cache.invalidateQueries({ queryKey: keys.contactsOf(contact.homeId) }),
  });
  return (
    <div className="contact">
      <div className="row">
        <h3>{contact.name}</h3>
        <button type="button" className="button button-plain" onClick={() => setAsking(true)}>
          {t('settings.remove')}
          <span className="only-read"> {contact.name}</span>
        </button>
      </div>
      <ul className="rows">
        {contact.endpoints.map(endpoint => (
          <EndpointRow key={endpoint.id} endpoint={endpoint} isContacts />
        ))}
      </ul>
      {asking && (
        <ConfirmDialog
          title={t('reach.removeAsk', { name: contact.name })}
          text={t('reach.removeContact', { name: contact.name })}
          confirm={t('settings.remove')}
          look="danger"
          busy={drop.isPending}
          fault={drop.error}
          onConfirm={() => drop.mutate()}
          onClose={() => setAsking(false)}
        />
      )}
    </div>
  );
}

const languages = [
  { value: 'zh', text: '中文', lang: 'zh' },
  { value: 'en', text: 'English', lang: 'en' },
] as const;

function AddContact({ home }: { home: HomeView }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const own = useLocale();
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [locale, setLocale] = useState<Locale>(own);
  const add = useMutation({
    mutationFn: () =>
      call('addContact', {
        params: { homeId: home.id },
        body: { name: name.trim(), email: email.trim(), locale },
      }),
    onSuccess: () => {
      setName('');
      setEmail('');
      void cache.invalidateQueries({ queryKey: keys.contactsOf(home.id) });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add.mutate();
  };
  return (
    <form className="form" onSubmit={submit}>
      <Field
        label={t('reach.contactName')}
        name="contact-name"
        autoComplete="off"
        required
        maxLength={80}
        value={name}
        onChange={event => setName(event.target.value)}
      />
      <Field
        label={t('account.email')}
        type="email"
        name="contact-email"
        autoComplete="off"
        required
        maxLength={254}
        value={email}
        onChange={event => setEmail(event.target.value)}
      />
      <Choice legend={t('reach.contactLanguage')} options={languages} value={locale} onChange={setLocale} />
      <FailureNote fault={add.error} />
      {add.isSuccess && <p role="status">{t('reach.asked', { address: add.data.endpoints[0]?.address })}</p>}
      <ActionButton type="submit" look="plain" busy={add.isPending}>
        {t('reach.addContact')}
      </ActionButton>
    </form>
  );
}

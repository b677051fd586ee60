// What stays around every page: the name, the way about, the alarms, and whose word counts first.
import { useQuery } from '@tanstack/react-query';
import { Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Outlet } from 'react-router';
import { LiveProvider } from '../gateway/live.js';
import { knownSessionQuery } from '../gateway/queries.js';
import { pickLocale, storedLocale } from '../model/locale.js';
import { LanguageSwitch } from '../parts/language-switch.js';
import { Loading } from '../parts/loading.js';
import { AlarmBanner } from './alarm-banner.js';
import { Brand } from './brand.js';
import { ConnectionMark } from './connection-mark.js';
import { Navigation } from './navigation.js';
import { NoticeToasts } from './notice-toasts.js';
import { useFocusOnNavigation } from './use-focus-on-navigation.js';

export function Shell() {
  const { t, i18n } = useTranslation();
  const { data: session, isFetching } = useQuery(knownSessionQuery);
  const locale = session?.account.locale;
  const main = useFocusOnNavigation();

  useEffect(() => {
    if (locale) void i18n.changeLanguage(pickLocale(storedLocale(), locale, []));
  }, [locale, i18n]);

  return (
    <LiveProvider active={Boolean(session)}>
      <a className="skip-link" href="#main">
        {t('nav.skip')}
      </a>
      <div className={session ? 'shell' : 'shell shell-bare'}>
        <header className="shell-header">
          <Brand />
          {session && <ConnectionMark />}
          {!session && !isFetching && <LanguageSwitch />}
        </header>
        {session && <Navigation operator={session.account.role === 'operator'} />}
        <div className="shell-content">
          {session && <AlarmBanner />}
          <main id="main" ref={main} tabIndex={-1}>
            <Suspense fallback={<Loading />}>
              <Outlet />
            </Suspense>
          </main>
          <footer className="shell-footer">{t('common.notCertified')}</footer>
        </div>
        {session && <NoticeToasts />}
      </div>
    </LiveProvider>
  );
}

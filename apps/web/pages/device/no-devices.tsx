// The first thing a new person sees: what to do to get a device here.
import { useTranslation } from 'react-i18next';
import { Calm } from '../../parts/calm.js';
import { Page } from '../../parts/page.js';

export function NoDevices() {
  const { t } = useTranslation();
  return (
    <Page title={t('home.title')} heading="inside" narrow>
      <Calm isPage sign="code" title={t('home.emptyTitle')} text={t('home.emptyText')}>
        <ol className="steps">
          {t('home.emptySteps')
            .split('|')
            .map(step => (
              <li key={step}>{step}</li>
            ))}
        </ol>
      </Calm>
    </Page>
  );
}

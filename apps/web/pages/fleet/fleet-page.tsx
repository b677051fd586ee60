// What an operator watches: every device, the products, and how the gateway itself is doing.
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Page } from '../../parts/page.js';
import { Section } from '../../parts/section.js';
import { DeviceTable } from './device-table.js';
import { GatewayStatus } from './gateway-status.js';
import { ProductList } from './product-list.js';
import { Undelivered } from './undelivered.js';

export default function FleetPage() {
  const { t } = useTranslation();
  return (
    <Page title={t('fleet.title')}>
      <DeviceTable />
      <Undelivered />
      <GatewayStatus />
      <ProductList />
      <Section title={t('operators.title')}>
        <p>{t('operators.lead')}</p>
        <Link to="/fleet/operators" className="button button-plain">
          {t('operators.title')}
        </Link>
      </Section>
    </Page>
  );
}

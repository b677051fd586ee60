// Who looks after the gateway, how one more comes in, and what happened: for operators.
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { operatorsQuery } from '../../gateway/operators.js';
import { BackLink } from '../../parts/back-link.js';
import { FailurePage } from '../../parts/failure-page.js';
import { Loading } from '../../parts/loading.js';
import { Page } from '../../parts/page.js';
import { Section } from '../../parts/section.js';
import { OperatorActs } from './operator-acts.js';
import { LetOneIn, WaitingLink } from './operator-link.js';
import { OperatorRow } from './operator-row.js';

export default function OperatorsPage() {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(operatorsQuery);
  if (!data) return error ? <FailurePage fault={error} retry={refetch} /> : <Loading />;
  const { operators, link, acts } = data;
  return (
    <Page title={t('operators.title')} narrow back={<BackLink to="/fleet" text={t('fleet.title')} />}>
      <p className="lead">{t('operators.lead')}</p>
      <Section title={t('operators.who')}>
        {operators.length === 1 && <p>{t('operators.alone')}</p>}
        <ul className="rows">
          {operators.map(operator => (
            <OperatorRow key={operator.id} operator={operator} isLast={operators.length === 1} />
          ))}
          {link && <WaitingLink link={link} />}
        </ul>
        <LetOneIn />
      </Section>
      <OperatorActs acts={acts} />
    </Page>
  );
}

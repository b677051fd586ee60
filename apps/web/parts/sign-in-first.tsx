// For whoever holds a link and is not signed in: says why that comes first, and leads back to this page.
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { withNext } from '../model/next-path.js';

export function SignInFirst({ why }: { why: string }) {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  return (
    <div className="scan-step">
      <p>{why}</p>
      <Link className="button button-primary button-big" to={withNext('/sign-in', pathname)}>
        {t('scan.signIn')}
      </Link>
      <Link className="button button-plain" to={withNext('/sign-up', pathname)}>
        {t('scan.signUp')}
      </Link>
    </div>
  );
}

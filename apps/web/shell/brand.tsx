// The name of the product and its sign, as the way to the first page.
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

export function Brand() {
  const { t } = useTranslation();
  return (
    <Link to="/" className="brand" aria-label={t('nav.home')}>
      <svg viewBox="0 0 64 64" width="30" height="30" aria-hidden="true">
        <rect width="64" height="64" rx="17" className="brand-ground" />
        <path d="M19.6 44.4a17.5 17.5 0 1 1 24.8 0" className="brand-outer" />
        <path d="M26 37.6a8.5 8.5 0 1 1 12 0" className="brand-inner" />
        <circle cx="32" cy="47.5" r="4.6" fill="#fff" />
      </svg>
      <span>Airbind</span>
    </Link>
  );
}

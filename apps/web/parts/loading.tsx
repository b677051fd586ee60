// Stands where content will be; drawn only after a moment, so that quick answers do not flicker.
import { useTranslation } from 'react-i18next';

export function Loading() {
  const { t } = useTranslation();
  return (
    <div className="loading" role="status">
      <span className="only-read">{t('common.loading')}</span>
      <span className="skeleton skeleton-title" />
      <span className="skeleton" />
      <span className="skeleton" />
    </div>
  );
}

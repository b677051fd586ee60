// Who acted on an alarm: oneself is "you".
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { sessionQuery } from '../../gateway/queries.js';

export function useActorName(): (by: string) => string {
  const { t } = useTranslation();
  const { data: session } = useQuery(sessionQuery);
  const me = session?.account;
  return by => (by === me?.id || by === me?.name ? t('alarm.you') : by);
}

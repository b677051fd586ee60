// What went wrong, as a sentence, where it went wrong.
import { useTranslation } from 'react-i18next';
import { codeOf, Failure } from '../gateway/failure.js';

/** @param text instead of the fault's own, for what a browser throws */
export function FailureNote({ fault, text }: { fault: unknown; text?: string }) {
  const { t } = useTranslation();
  // In the page before there is anything to say, so that screen readers hear what comes.
  return (
    <div role="alert" className="failure-place">
      {fault != null && (
        <div className="failure">
          <p>{fault instanceof Failure || text === undefined ? t(`error.${codeOf(fault)}`) : text}</p>
          {fault instanceof Failure && fault.retryAfterS !== null && (
            <p>{t('common.waitSeconds', { seconds: fault.retryAfterS })}</p>
          )}
          {fault instanceof Failure && fault.faults.length > 0 && (
            <ul lang="en">
              {fault.faults.map(({ field, message }) => (
                <li key={field + message}>
                  {field}: {message}
                </li>
              ))}
            </ul>
          )}
        </div>
      )}
    </div>
  );
}

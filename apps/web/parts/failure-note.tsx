// What went wrong, as a sentence, where it went wrong.
import { useTranslation } from 'react-i18next';
import { codeOf, Failure } from '../gateway/failure.js';

const fields = ['email', 'password', 'name', 'url', 'message', 'text', 'at'] as const;

/** Which lines of the form are meant, as far as a person has a word for them. */
function Fields({ faults }: Pick<Failure, 'faults'>) {
  const { t } = useTranslation();
  const meant = fields.filter(name => faults.some(({ field }) => field.split('.').at(-1) === name));
  if (meant.length === 0) return null;
  return <p>{t('common.check', { fields: meant.map(name => t(`common.fields.${name}`)).join(', ') })}</p>;
}

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
          {fault instanceof Failure && <Fields faults={fault.faults} />}
        </div>
      )}
    </div>
  );
}

// What somebody is to be let in with, and for how long, in plain words.
import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Capability, capabilities, type Terms } from '#codecs/api';
import { ActionButton } from '../../parts/action-button.js';
import { FailureNote } from '../../parts/failure-note.js';

const dayMs = 86_400_000;
const spans = { open: null, day: dayMs, week: 7 * dayMs, month: 30 * dayMs } as const;
type Span = keyof typeof spans;
const spanNames = Object.keys(spans) as Span[];

interface Props {
  /** What may be given at most. */
  readonly most?: readonly Capability[];
  readonly legend: string;
  readonly button: string;
  readonly busy: boolean;
  readonly fault: unknown;
  readonly onSubmit: (terms: Terms) => void;
  readonly onCancel: () => void;
}

export function TermsForm({ most = capabilities, legend, button, busy, fault, onSubmit, onCancel }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const [can, setCan] = useState<readonly Capability[]>(most.slice(0, 1));
  const [span, setSpan] = useState<Span>('open');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const ms = spans[span];
    if (can.length > 0) onSubmit({ can: [...can], until: ms === null ? null : Date.now() + ms });
  };
  const toggle = (one: Capability) =>
    setCan(chosen => most.filter(each => (each === one) !== chosen.includes(each)));
  return (
    <form className="form terms" onSubmit={submit}>
      <fieldset className="terms-choices">
        <legend>{legend}</legend>
        {most.map(one => (
          <div key={one} className="terms-choice">
            <input
              type="checkbox"
              id={`${id}-${one}`}
              checked={can.includes(one)}
              onChange={() => toggle(one)}
              aria-describedby={`${id}-${one}-hint`}
            />
            <label htmlFor={`${id}-${one}`}>{t(`sharing.can.${one}`)}</label>
            <p id={`${id}-${one}-hint`} className="hint">
              {t(`sharing.canHint.${one}`)}
            </p>
          </div>
        ))}
      </fieldset>
      <div className="field">
        <label htmlFor={`${id}-span`}>{t('sharing.term')}</label>
        <select
          id={`${id}-span`}
          value={span}
          onChange={({ target }) => setSpan(spanNames.find(name => name === target.value) ?? 'open')}
        >
          {spanNames.map(name => (
            <option key={name} value={name}>
              {t(`sharing.terms.${name}`)}
            </option>
          ))}
        </select>
      </div>
      <FailureNote fault={fault} />
      <div className="row">
        <ActionButton type="submit" busy={busy} disabled={can.length === 0}>
          {button}
        </ActionButton>
        <button type="button" className="button button-plain" onClick={onCancel}>
          {t('common.cancel')}
        </button>
      </div>
    </form>
  );
}

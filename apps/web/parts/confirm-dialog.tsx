// Asks once more before something that cannot simply be undone.
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionButton } from './action-button.js';
import { FailureNote } from './failure-note.js';

interface Props {
  readonly title: string;
  readonly text: string;
  readonly confirm: string;
  readonly look?: 'primary' | 'danger';
  readonly busy: boolean;
  readonly fault: unknown;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
  readonly children?: ReactNode;
}

/** Shown while it is in the page; the browser keeps the focus inside and gives it back. */
export function ConfirmDialog(props: Props) {
  const { t } = useTranslation();
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();

  useEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    return () => shown?.close();
  }, []);

  return (
    <dialog ref={dialog} className="dialog" aria-labelledby={titleId} onCancel={props.onClose}>
      <h2 id={titleId}>{props.title}</h2>
      <p>{props.text}</p>
      {props.children}
      <FailureNote fault={props.fault} />
      <div className="dialog-actions">
        <button type="button" className="button button-plain" onClick={props.onClose}>
          {t('common.cancel')}
        </button>
        <ActionButton look={props.look} busy={props.busy} onClick={props.onConfirm}>
          {props.confirm}
        </ActionButton>
      </div>
    </dialog>
  );
}

// Asks once more before something that cannot simply be undone.
import { type ReactNode, useId, useLayoutEffect, useRef } from 'react';
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

  // Closed before it leaves the page: only then does the browser give the focus back.
  useLayoutEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    return () => shown?.close();
  }, []);

  // The event comes late: React's strict mode has opened the dialog again by then.
  const closed = () => {
    if (!dialog.current?.open) props.onClose();
  };

  return (
    <dialog ref={dialog} className="dialog" aria-labelledby={titleId} onClose={closed}>
      <h2 id={titleId}>{props.title}</h2>
      <p>{props.text}</p>
      {props.children}
      <FailureNote fault={props.fault} />
      <div className="dialog-actions">
        <button type="button" className="button button-plain" onClick={() => dialog.current?.close()}>
          {t('common.cancel')}
        </button>
        <ActionButton look={props.look} busy={props.busy} onClick={props.onConfirm}>
          {props.confirm}
        </ActionButton>
      </div>
    </dialog>
  );
}

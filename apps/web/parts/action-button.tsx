// A button that does something at the gateway: it says so while it waits, and cannot be pressed twice.
import type { ButtonHTMLAttributes } from 'react';

interface Props extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly busy?: boolean;
  readonly look?: 'primary' | 'danger' | 'plain';
}

export function ActionButton({ busy = false, look = 'primary', type = 'button', children, ...rest }: Props) {
  const { onClick, className, ...others } = rest;
  return (
    <button
      {...others}
      type={type}
      className={['button', `button-${look}`, className].filter(Boolean).join(' ')}
      // Not `disabled`: that would take the focus away from where the person is.
      aria-disabled={busy}
      aria-busy={busy}
      onClick={event => {
        if (busy) event.preventDefault();
        else onClick?.(event);
      }}
    >
      {busy && <span className="spinner" aria-hidden="true" />}
      {children}
    </button>
  );
}

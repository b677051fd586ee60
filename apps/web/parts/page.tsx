// The frame of one page: its title in the tab and as the heading that takes the focus.
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { alarmsQuery, knownSessionQuery } from '../gateway/queries.js';
import { isOpen } from '../model/alarm-order.js';

interface Props {
  readonly title: string;
  /** `inside`: the content brings the heading itself; `hidden`: it is for screen readers alone. */
  readonly heading?: 'shown' | 'hidden' | 'inside';
  readonly back?: ReactNode;
  readonly narrow?: boolean;
  readonly children: ReactNode;
}

export function Page({ title, heading = 'shown', back, narrow = false, children }: Props) {
  const { data: session } = useQuery(knownSessionQuery);
  const { data: alarms = [] } = useQuery({ ...alarmsQuery, enabled: Boolean(session) });
  // A tab in the background is told apart by its title alone.
  const warning = alarms.some(isOpen) ? '⚠ ' : '';
  return (
    <div className={narrow ? 'page page-narrow' : 'page'}>
      <title>{`${warning}${title} · Airbind`}</title>
      {back}
      {heading !== 'inside' && (
        <h1 tabIndex={-1} className={heading === 'hidden' ? 'only-read' : 'page-title'}>
          {title}
        </h1>
      )}
      {children}
    </div>
  );
}

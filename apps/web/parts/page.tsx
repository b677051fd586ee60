// The frame of one page: its title in the tab and as the heading that takes the focus.
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { alarmsQuery, sessionQuery } from '../gateway/queries.js';
import { isOpen } from '../model/alarm-order.js';

interface Props {
  readonly title: string;
  /** For pages whose first words are drawn larger, inside. */
  readonly hideHeading?: boolean;
  readonly back?: ReactNode;
  readonly narrow?: boolean;
  readonly children: ReactNode;
}

export function Page({ title, hideHeading = false, back, narrow = false, children }: Props) {
  const { data: session } = useQuery(sessionQuery);
  const { data: alarms = [] } = useQuery({ ...alarmsQuery, enabled: Boolean(session) });
  // A tab in the background is told apart by its title alone.
  const warning = alarms.some(isOpen) ? '⚠ ' : '';
  return (
    <div className={narrow ? 'page page-narrow' : 'page'}>
      <title>{`${warning}${title} · Airbind`}</title>
      {back}
      <h1 tabIndex={-1} className={hideHeading ? 'only-read' : 'page-title'}>
        {title}
      </h1>
      {children}
    </div>
  );
}

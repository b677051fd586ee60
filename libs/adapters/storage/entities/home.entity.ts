// Homes.
import type { Home } from '#domain/homes';
import { tableOf, text, timeMs } from './columns.js';

export const HomeEntity = tableOf<Home>({
  name: 'home',
  tableName: 'homes',
  columns: {
    id: { ...text, primary: true },
    ownerId: { ...text, foreignKey: { target: 'account' } },
    name: text,
    timeZone: text,
    mode: text,
    modeSince: timeMs,
    createdAt: timeMs,
  },
  indices: [{ name: 'homes_owner', columns: ['ownerId'] }],
});

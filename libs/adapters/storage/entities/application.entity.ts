// Applications, with their rules.
import type { Application } from '#domain/applications';
import { json, tableOf, text, timeMs } from './columns.js';

export const ApplicationEntity = tableOf<Application>({
  name: 'application',
  tableName: 'applications',
  columns: { id: { ...text, primary: true }, secretHash: text, rules: json, createdAt: timeMs },
});

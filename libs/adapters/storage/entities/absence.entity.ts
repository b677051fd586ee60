// The gateway's signs of life, and when there were none.
import type { Absence } from '#domain/intake';
import { count, tableOf, timeMs } from './columns.js';

export const AbsenceEntity = tableOf<Absence>({
  name: 'absence',
  tableName: 'absences',
  columns: { from: { ...timeMs, name: 'since', primary: true }, until: timeMs },
});

export const SignEntity = tableOf<{ readonly id: number; readonly at: number }>({
  name: 'sign-of-life',
  tableName: 'signs_of_life',
  columns: { id: { ...count, primary: true }, at: timeMs },
});

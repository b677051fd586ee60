// A table's rows in pages by key, so that a long answer holds neither the memory nor the turn.
import { setImmediate as others } from 'node:timers/promises';
import type { EntitySchema, FindOptionsWhere } from 'typeorm';
import type { Database } from './database.js';

const mostRows = 200;

type Name<T> = keyof T & string;

export interface PageQuery<T, F extends Name<T>> {
  readonly where: FindOptionsWhere<T> | FindOptionsWhere<T>[];
  /** The order; no two rows of `where` have the same. It names the primary key, or `fields` does. */
  readonly key: readonly Name<T>[];
  /** What is read beside the key. */
  readonly fields: readonly F[];
}

/** None of them is empty. Rows that come in behind the page under way are seen, rows before it are not. */
export async function* pagesOf<T extends object, F extends Name<T>>(
  database: Database,
  entity: EntitySchema<T>,
  { where, key, fields }: PageQuery<T, F>,
): AsyncGenerator<Pick<T, F>[]> {
  const names = [...new Set<string>([...key, ...fields])];
  const tuple = (words: readonly string[]) => `(${words.join(', ')})`;
  for (let after: T | undefined; ; await others()) {
    const rows: T[] = await database.read(manager => {
      const query = manager.createQueryBuilder(entity, 'it').select(names.map(name => `it.${name}`));
      query.where(where);
      const last = after;
      if (last) {
        const places = tuple(key.map((_, place) => `:after${place}`));
        const values = Object.fromEntries(key.map((name, place) => [`after${place}`, last[name]]));
        query.andWhere(`${tuple(key.map(name => `it.${name}`))} > ${places}`, values);
      }
      for (const name of key) query.addOrderBy(`it.${name}`);
      return query.limit(mostRows).getMany();
    });
    if (rows.length > 0) yield rows.map(row => picked(row, fields));
    if (rows.length < mostRows) return;
    after = rows.at(-1);
  }
}

function picked<T extends object, F extends Name<T>>(row: T, fields: readonly F[]): Pick<T, F> {
  return Object.fromEntries(fields.map(field => [field, row[field]])) as Pick<T, F>;
}

// Writes many rows of one kind on SQLite, several in one statement: the call costs more than the row.
import type BetterSqlite3 from 'better-sqlite3';

/** More gain nothing. */
const rowsAtOnce = 16;

export class SqliteRowWriter {
  readonly #one: BetterSqlite3.Statement<unknown[]>;
  readonly #several: BetterSqlite3.Statement<unknown[]>;

  /**
   * @param into `table (columns)`
   * @param width the number of columns
   * @param conflict what becomes of a row that is there
   */
  constructor(
    handle: BetterSqlite3.Database,
    into: string,
    private readonly width: number,
    conflict = '',
  ) {
    const row = `(${Array(width).fill('?').join(', ')})`;
    const insert = (rows: number) =>
      handle.prepare<unknown[]>(`INSERT INTO ${into} VALUES ${Array(rows).fill(row).join(', ')} ${conflict}`);
    this.#one = insert(1);
    this.#several = insert(rowsAtOnce);
  }

  /** @param values of one row after the other; written in this order */
  write(values: readonly unknown[]): void {
    const { width } = this;
    const step = width * rowsAtOnce;
    let at = 0;
    // Spread: the binding reads an array element by element, which costs half as much again.
    for (; at + step <= values.length; at += step) this.#several.run(...values.slice(at, at + step));
    for (; at < values.length; at += width) this.#one.run(...values.slice(at, at + width));
  }
}

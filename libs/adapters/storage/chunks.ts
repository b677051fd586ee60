// Long lists in pieces, since a statement takes only so many parameters.

/** 500 rows of a table are some 5 000 parameters; SQLite takes 32 766, PostgreSQL 65 535. */
const mostRows = 500;

export function inChunks<T>(values: readonly T[]): T[][] {
  const starts = Array.from({ length: Math.ceil(values.length / mostRows) }, (_, chunk) => chunk * mostRows);
  return starts.map(start => values.slice(start, start + mostRows));
}

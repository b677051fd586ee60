// The one place that knows what DATABASE_URL may say.

export type DatabaseLocation =
  | { readonly dialect: 'sqlite'; readonly path: string }
  | { readonly dialect: 'postgres'; readonly url: string };

/**
 * `sqlite:PATH` or `file:PATH` (relative or absolute, also as `file:///…`), `postgres://…` or `postgresql://…`.
 * @throws Error whose message says what is taken; it never repeats the URL, which may hold a password.
 */
export function locateDatabase(url: string): DatabaseLocation {
  if (/^postgres(ql)?:\/\/./.test(url)) return { dialect: 'postgres', url };
  const path = /^(?:sqlite|file):(?:\/\/(?=\/))?(.+)$/.exec(url)?.[1];
  if (path === undefined) throw new Error('takes sqlite:PATH, file:PATH or postgres://…');
  // A database in memory belongs to one connection, and reads have their own.
  if (path.includes(':memory:')) throw new Error('takes a file: a database in memory cannot be read beside');
  return { dialect: 'sqlite', path };
}

// Where to go after signing in: only ever a path of ours, whatever a link says.

/** Stands for our own origin; `.invalid` can belong to nobody (RFC 2606). */
const origin = 'https://airbind.invalid';

/** The path, search and hash in `wanted`, or `/` when it could lead to another site. */
export function nextPath(wanted: string | null): string {
  if (!wanted?.startsWith('/') || !URL.canParse(wanted, origin)) return '/';
  const url = new URL(wanted, origin);
  if (url.origin !== origin) return '/';
  const path = url.pathname + url.search + url.hash;
  // "/.//there" is ours when read, but its normal form "//there" names another host.
  return path.startsWith('//') ? '/' : path;
}

/** `page` with the way back in its query. */
export function withNext(page: '/sign-in' | '/sign-up', next: string): string {
  const safe = nextPath(next);
  return safe === '/' ? page : `${page}?next=${encodeURIComponent(safe)}`;
}

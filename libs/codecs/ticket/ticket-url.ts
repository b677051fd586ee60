// The URL in a printed symbol, and the way back from whatever a person or a camera hands in.
import { readSpoken, type TypedTicket } from './spoken-ticket.js';
import { canonicalTicket, TICKET_LENGTH } from './ticket.js';

/** A whole URL or one without its scheme: what stands after `/D/`, before a slash, query or fragment. */
const SCANNED = /^\s*(?:https?:\/\/)?[^\s/?#]+\/d\/([^/?#]*)\/?(?:[?#].*)?$/is;

/** Only an origin: the gateway has no path prefix, and a symbol has no room for more. */
const BARE_PATH = '/';

/**
 * `HTTPS://HOST[:PORT]/D/<ticket>`, upper case as a whole, since that keeps a QR symbol in alphanumeric mode.
 * @param publicUrl the gateway's origin, http or https, such as `https://gas.example`
 * @throws RangeError for anything but an origin, or for a text that is no ticket: what is printed stays printed.
 */
export function ticketUrl(publicUrl: string, text: string): string {
  const ticket = canonicalTicket(text);
  if (ticket === undefined) {
    throw new RangeError(`a ticket has ${TICKET_LENGTH} symbols of Crockford base32`);
  }
  return `${originOf(publicUrl)}/D/${ticket}`.toUpperCase();
}

/**
 * The ticket in a scanned URL (of any host: the key ring decides whose it is), a bare ticket or the spoken form.
 * Never throws.
 */
export function ticketFromText(text: string): TypedTicket {
  const written = SCANNED.exec(text)?.[1] ?? text;
  const ticket = canonicalTicket(written);
  return ticket === undefined ? readSpoken(written) : { ok: true, ticket };
}

function originOf(publicUrl: string): string {
  const url = URL.canParse(publicUrl) ? new URL(publicUrl) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.pathname !== BARE_PATH) {
    throw new RangeError('the public URL is http(s)://host[:port] with no path');
  }
  if (url.username || url.password || url.search || url.hash) {
    throw new RangeError('the public URL has no user, query or fragment');
  }
  return url.origin;
}

// The spoken form of a ticket: groups of four and a check character, for a person who reads it out or types it.
import { ALPHABET, canonicalSymbols, symbolOf } from './alphabet.js';
import { canonicalTicket, TICKET_LENGTH } from './ticket.js';

const GROUP = /.{4}/g;
const BASE = ALPHABET.length;

/**
 * What is wrong with a typed code: `alphabet`, a character that no code has; `length`, too many or too few;
 * `check-digit`, a slip of the fingers somewhere.
 */
export type TypedTicketFault = 'alphabet' | 'length' | 'check-digit';

/** A ticket in canonical form, not yet proven by a key ring; or what to tell the person who typed it. */
export type TypedTicket = { ok: true; ticket: string } | { ok: false; why: TypedTicketFault };

/** `XXXX-XXXX-XXXX-XXXX-XXXX-XXXX-XXXX-C`. @throws RangeError for a text that is no ticket. */
export function spokenTicket(text: string): string {
  const ticket = canonicalTicket(text);
  if (ticket === undefined) {
    throw new RangeError(`a ticket has ${TICKET_LENGTH} symbols of Crockford base32`);
  }
  return [...(ticket.match(GROUP) ?? []), checkCharacter(ticket)].join('-');
}

/** Reads the spoken form as leniently as a ticket. Never throws. */
export function readSpoken(text: string): TypedTicket {
  const symbols = canonicalSymbols(text);
  if (symbols === undefined) {
    return { ok: false, why: 'alphabet' };
  }
  if (symbols.length !== TICKET_LENGTH + 1) {
    return { ok: false, why: 'length' };
  }
  const ticket = symbols.slice(0, TICKET_LENGTH);
  return symbols.endsWith(checkCharacter(ticket)) ? { ok: true, ticket } : { ok: false, why: 'check-digit' };
}

/**
 * Luhn's algorithm to the base 32 (ISO/IEC 7812-1 annex B, generalised). It finds every single wrong symbol and every
 * swap of neighbours except `0Z` for `Z0`, whose doubled values differ by as much as the values (as 09 and 90 do to the base 10).
 */
function checkCharacter(ticket: string): string {
  const sum = Array.from(ticket, symbol => ALPHABET.indexOf(symbol))
    .reverse()
    .reduce((total, value, place) => total + (place % 2 === 0 ? doubled(value) : value), 0);
  return symbolOf((BASE - (sum % BASE)) % BASE);
}

/** The sum of the two digits that 2 × value has to the base 32. */
function doubled(value: number): number {
  return Math.floor((2 * value) / BASE) + ((2 * value) % BASE);
}

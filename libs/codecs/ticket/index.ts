// Front door of the ticket room: tickets, their spoken form and URL, PINs, and the key ring behind them.
export { certificateKey, certificateKeys, type PublicCertificateKey } from './certificate-key.js';
export { MAX_BATCH, MAX_GENERATION, MAX_NUMBER, type TicketClaims } from './claims.js';
export {
  createKey,
  createKeyRing,
  KEY_BYTES,
  type KeptKeyRing,
  type KeyRing,
  rotateKeyRing,
} from './key-ring.js';
export { type KeyRingParse, parseKeyRing, serialiseKeyRing } from './key-ring-file.js';
export { derivePin, type PinSubject, pinMatches } from './pin.js';
export { readSpoken, spokenTicket, type TypedTicket, type TypedTicketFault } from './spoken-ticket.js';
export {
  canonicalTicket,
  issueTicket,
  readTicket,
  TICKET_LENGTH,
  type TicketReading,
} from './ticket.js';
export { ticketFromText, ticketUrl } from './ticket-url.js';

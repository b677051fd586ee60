// The URL in the symbol: upper case, nothing but an origin before it, and read again from what people hand in.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ticketFromText, ticketUrl } from './index.js';
import { VECTORS } from './ticket.vectors.js';

const ticket = VECTORS[0]?.ticket ?? '';
const spoken = VECTORS[0]?.spoken ?? '';

/** ISO/IEC 18004 table 5. */
const QR_ALPHANUMERIC = /^[0-9A-Z $%*+\-./:]+$/;

describe('the URL of a ticket', () => {
  it.each([
    ['https://gas.example', `HTTPS://GAS.EXAMPLE/D/${ticket}`],
    ['https://gas.example/', `HTTPS://GAS.EXAMPLE/D/${ticket}`],
    ['https://gas.example:443', `HTTPS://GAS.EXAMPLE/D/${ticket}`],
    ['https://gas.example:8443', `HTTPS://GAS.EXAMPLE:8443/D/${ticket}`],
    ['http://localhost:8080', `HTTP://LOCALHOST:8080/D/${ticket}`],
    ['http://192.168.1.20:8080', `HTTP://192.168.1.20:8080/D/${ticket}`],
    ['https://燃气.example', `HTTPS://XN--4QW34J.EXAMPLE/D/${ticket}`],
  ])('under %s is %s, which QR alphanumeric mode holds', (publicUrl, url) => {
    expect(ticketUrl(publicUrl, ticket)).toBe(url);
    expect(url).toMatch(QR_ALPHANUMERIC);
  });

  it.each([
    'gas.example',
    '',
    'ftp://gas.example',
    'https://gas.example/airbind',
    'https://gas.example/?x=1',
    'https://gas.example/#x',
    'https://user:word@gas.example',
  ])('is not printed under %j', publicUrl => {
    expect(() => ticketUrl(publicUrl, ticket)).toThrow(RangeError);
  });

  it('is not printed for a text that is no ticket', () => {
    expect(() => ticketUrl('https://gas.example', '05RV')).toThrow(RangeError);
  });
});

describe('the ticket in a text', () => {
  it.each([
    ['the printed URL', `HTTPS://GAS.EXAMPLE:8443/D/${ticket}`],
    ['a URL in lower case', `https://gas.example/d/${ticket.toLowerCase()}`],
    [
      'a URL that a messenger added to',
      `https://gas.example/d/${ticket}/?from=singlemessage#wechat_redirect`,
    ],
    ['a URL without its scheme', `gas.example/D/${ticket}`],
    ['a URL of the spoken form', `https://gas.example/d/${spoken}`],
    ['a bare ticket', ticket],
    ['a bare ticket with blanks', ` ${ticket.toLowerCase()}\n`],
    ['the spoken form', spoken],
  ])('is found in %s', (_, text) => {
    expect(ticketFromText(text)).toEqual({ ok: true, ticket });
  });

  it.each([
    ['alphabet', `https://gas.example/x/${ticket}`],
    ['alphabet', 'https://gas.example/d/<script>'],
    ['length', 'https://gas.example/d/'],
    ['length', ticket.slice(1)],
    ['check-digit', `${ticket}0`],
  ])('is missed with the reason %s in %s', (why, text) => {
    expect(ticketFromText(text)).toEqual({ ok: false, why });
  });

  it('is looked for in any string without an exception', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.webUrl()), text => {
        expect(ticketFromText(text).ok).toBe(false);
      }),
    );
  });
});

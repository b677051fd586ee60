// Devices whose labels are printed in tests.
import { issueTicket, spokenTicket, ticketUrl } from '#codecs/ticket';
import { type Label, labelPrint, type Print } from './index.js';

const ring = { current: 1, keys: new Map([[1, new Uint8Array(32).fill(7)]]) };

export function labelNumber(number: number): Label {
  const ticket = issueTicket(ring, { batch: 1, number, generation: 0 });
  return {
    url: ticketUrl('https://gas.example', ticket),
    spoken: spokenTicket(ticket),
    serial: `0001-${number.toString().padStart(6, '0')}`,
    productName: '燃气探测器 Gas & CO',
  };
}

export function labelPrints(count: number): Print[] {
  return Array.from({ length: count }, (_, index) => labelPrint(labelNumber(index + 1)));
}

// What is printed for a device: the label that goes on it, and the PIN that goes inside its box.
import type { Label } from './label.js';
import type { Print, PrintLine } from './layout.js';

/** What stands on the second label, which must never lie open: whoever reads it can bind the device. */
export interface PinLabel {
  readonly pin: string;
  readonly serial: string;
  readonly productName: string;
}

const PIN_GROUP = /\d{4}(?=\d)/g;

/** The symbol; product, serial and the spoken code. */
export function labelPrint({ url, spoken, serial, productName }: Label): Print {
  return { url, lines: [named(productName), coded(serial), { ...coded(spoken), hasGroups: true }] };
}

/** No symbol: nothing about a PIN is to be scanned by accident. */
export function pinPrint({ pin, serial, productName }: PinLabel): Print {
  const lines = [named(productName), coded(serial), coded(`PIN ${pin.replace(PIN_GROUP, '$& ')}`)];
  return { url: null, lines };
}

function named(text: string): PrintLine {
  return { text, kind: 'name' };
}

/** What is not plain ASCII has no place in the typeface of codes. */
function coded(text: string): PrintLine {
  return { text, kind: /^[ -~]*$/.test(text) ? 'code' : 'name' };
}

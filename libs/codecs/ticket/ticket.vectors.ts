// Tickets, spoken forms and PINs that are printed for ever, computed by a second implementation in another language.
import type { KeyRing } from './key-ring.js';

const COUNTING = Uint8Array.from({ length: 32 }, (_, index) => index);
const ONES = new Uint8Array(32).fill(0xff);
const ZEROS = new Uint8Array(32);

const RINGS = {
  counting: { current: 1, keys: new Map([[1, COUNTING]]) },
  rotated: {
    current: 2,
    keys: new Map([
      [1, COUNTING],
      [2, ONES],
    ]),
  },
  highest: { current: 255, keys: new Map([[255, ONES]]) },
  lowest: { current: 0, keys: new Map([[0, ZEROS]]) },
} satisfies Record<string, KeyRing>;

export const { counting, rotated } = RINGS;

// biome-ignore format: a table is read by its columns
const ROWS = [
  // ring, batch, number, generation, ticket, check character, PIN of 8 digits, PIN of 6 digits
  ['counting', 1, 1, 0, '05RV1P5Q8448M5GXNM9W2MVAS3YQ', 'J', '50190770', '500219'],
  ['counting', 1, 2, 0, '05WN7WG2HV55VBE3D4Y2FAMPS0ZG', 'B', '90576444', '528141'],
  ['counting', 1, 1, 1, '068CAZVTWCVDPXWPSM570G8PE64A', 'V', '68433485', '768396'],
  ['counting', 0, 0, 0, '06QR3D3CN1AJEC3V258GRN89GATV', '7', '30011689', '263852'],
  ['counting', 1048575, 4294967295, 255, '04K0QR7NRHBJDD4QSCSASXN8WV2D', '0', '71538922', '952965'],
  ['rotated', 7, 100000, 3, '09DPZP1ZTEV14QYXJHNKS3PBZ1Y6', '2', '66888526', '614436'],
  ['highest', 7, 100000, 3, 'ZZCVCB06RPDDQARQ9959D491J3Q3', 'C', '66536950', '063414'],
  ['lowest', 0, 0, 0, '01ZSVJWCTNJTMX8ECW37NNNGRTQS', 'P', '49927818', '478076'],
] as const;

export const VECTORS = ROWS.map(([ring, batch, number, generation, ticket, check, pin8, pin6]) => ({
  ring: RINGS[ring],
  claims: { batch, number, generation },
  ticket,
  spoken: `${ticket.replace(/.{4}/g, '$&-')}${check}`,
  pin8,
  pin6,
}));

// CRC-8/MAXIM, the one checksum of AirKiss.

const POLYNOMIAL = 0x8c;

const TABLE = Uint8Array.from({ length: 256 }, (_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? (rest >> 1) ^ POLYNOMIAL : rest >> 1;
  return rest;
});

/**
 * CRC-8/MAXIM (Dallas 1-Wire): x⁸+x⁵+x⁴+1 reflected, initial value 0, no final xor.
 * The symbol of a group carries only its low seven bits.
 */
export function crc8(bytes: Iterable<number>): number {
  let crc = 0;
  for (const byte of bytes) crc = TABLE[crc ^ (byte & 0xff)] ?? 0;
  return crc;
}

// Decides whether what is remembered is right beyond doubt: every check, and enough agreement.
import type { Announcement } from './announcement.js';
import { crc8 } from './crc8.js';
import { LIMIT } from './credentials.js';
import type { SymbolMemory } from './memory.js';
import { groupCheck } from './program.js';

/** Why a locked sender has not told its credentials yet. */
export type Withheld =
  | 'awaiting-magic'
  | 'awaiting-prefix'
  | 'missing-symbols'
  | 'group-check-failed'
  | 'ssid-check-failed'
  | 'awaiting-agreement'
  | 'key-does-not-fit';

/** The data of a sender, or the reason to wait. */
export type Verdict =
  | {
      readonly kind: 'right';
      readonly password: Uint8Array;
      readonly random: number;
      readonly ssid: Uint8Array;
      readonly risk: number;
    }
  | { readonly kind: 'withheld'; readonly reason: Withheld };

/** How much was heard of a sender, and how much of it was nothing that AirKiss would send. */
export interface Quality {
  readonly heard: number;
  readonly strays: number;
}

/** A result is given out when it is wrong with a smaller chance than this. */
const ACCEPTABLE_RISK = 4e-6;
/** The seven bits of a group's CRC. */
const GROUP_CHECK = 1 / 128;
/** CRC-8 is linear: what passes its group's seven bits passes the SSID's eight in one case of two. */
const SSID_CHECK = 1 / 2;
/** Two receptions that are wrong in the same way: the chance that two bytes agree. */
const COINCIDENCE = 1 / 256;

/**
 * A wrong symbol passes its group's check at 1 in 128 and nothing else covers the password. So the chance of
 * a stray is taken from what was heard, and each byte that was heard in one round only counts with it. Where
 * strays were seen, that is not enough: a symbol in a wrong place draws others after it, round by round. What
 * was gathered is then only one of two witnesses, and may be as doubtful as one of two.
 */
export function judge(memory: SymbolMemory, announcement: Announcement, quality: Quality): Verdict {
  const { total, passwordLength, ssidCrc } = announcement;
  if (total === undefined || ssidCrc === undefined) return withheld('awaiting-magic');
  if (passwordLength === undefined) return withheld('awaiting-prefix');
  const ssidLength = total - passwordLength - 1;
  if (ssidLength < 1 || ssidLength > LIMIT.ssid) return withheld('awaiting-prefix');
  if (memory.missing > 0) return withheld('missing-symbols');
  const data = Uint8Array.from(
    memory.layout.bytePositions,
    position => (memory.expected[position] ?? 0) & 0xff,
  );
  if (!groupsHold(memory, data)) return withheld('group-check-failed');
  const ssid = data.slice(passwordLength + 1);
  if (crc8(ssid) !== ssidCrc) return withheld('ssid-check-failed');
  const risk = riskOf(memory, passwordLength, strayRate(quality));
  if (risk > (needsWitness(quality) ? Math.sqrt(ACCEPTABLE_RISK) : ACCEPTABLE_RISK))
    return withheld('awaiting-agreement');
  return {
    kind: 'right',
    password: data.slice(0, passwordLength),
    random: data[passwordLength] ?? 0,
    ssid,
    risk,
  };
}

/** Whether a result has to be gathered twice, the second time without anything known from the first. */
export const needsWitness = ({ strays }: Quality): boolean => strays > 0;

const withheld = (reason: Withheld): Verdict => ({ kind: 'withheld', reason });

function groupsHold(memory: SymbolMemory, data: Uint8Array): boolean {
  const { layout, expected } = memory;
  return layout.checkPositions.every(
    (position, group) => expected[position] === groupCheck(group, data.subarray(...layout.byteRange(group))),
  );
}

/** Before anything is heard: the chance that a sender is one with strays, and how many it has. */
const PRIOR = { strays: 0.3, rate: 0.01 } as const;

/**
 * Chance that a byte is a stray. While none was seen, every clean frame makes it less likely that this sender
 * has any; after that, it is what was seen (rule of succession). Half of all strays look like bytes.
 */
function strayRate({ heard, strays }: Quality): number {
  const rate =
    strays === 0 ? PRIOR.rate * PRIOR.strays * (1 - PRIOR.rate) ** heard : (strays + 1) / (heard + 2);
  return rate / 2;
}

function riskOf(memory: SymbolMemory, passwordLength: number, strayRate: number): number {
  return memory.layout.bytePositions.reduce((risk, position, index) => {
    const wrongOnce = memory.doubtAt(position) + strayRate;
    const lead = memory.lead(position);
    const wrong = lead < 1 ? 1 : wrongOnce ** lead * COINCIDENCE ** (lead - 1);
    return risk + wrong * GROUP_CHECK * (index > passwordLength ? SSID_CHECK : 1);
  }, 0);
}

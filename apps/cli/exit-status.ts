// The one table of exit statuses: what a script can tell from how the command ended (after sysexits.h of BSD).
import type { ErrorCode } from '#codecs/api';

/** What can go wrong here and nowhere else. */
export const ownErrorTitles = {
  usage: 'The command was not called as it should be.',
  'file-unwritable': 'The file cannot be written.',
  'capture-missing': 'There is nothing that could listen.',
  'capture-refused': 'The system does not allow listening.',
  'erasure-unfinished': 'It is being erased; the certificate comes when it is done. Try again in a while.',
  'certificate-changed': 'This certificate is not as a gateway wrote it, or another gateway did.',
  'answer-not-understood': 'The gateway answered something that this command does not understand.',
} as const;

/** Every code that a command can end with. */
export type FailureCode = ErrorCode | keyof typeof ownErrorTitles;

export const done = 0;

/** What each status means, as the help says it. */
export const statusMeanings = {
  [done]: 'done',
  64: 'the command was called wrongly',
  65: 'what was given is not right, or names nothing',
  66: 'a file cannot be read',
  69: 'the gateway or the network is not there',
  70: 'a fault of the program',
  73: 'a file cannot be written',
  75: 'not now: try again later',
  76: 'the gateway and this command do not understand each other',
  77: 'not allowed: sign in, or ask somebody who may',
  78: 'the settings are wrong',
} as const;

export type ExitStatus = Exclude<keyof typeof statusMeanings, typeof done>;

export const exitStatuses: Readonly<Record<FailureCode, ExitStatus>> = {
  usage: 64,
  'invalid-request': 65,
  'not-found': 65,
  'email-taken': 65,
  'not-our-code': 65,
  'old-label': 65,
  'alarm-over': 65,
  'remarks-full': 65,
  'application-exists': 65,
  'no-authority': 65,
  'last-operator': 65,
  'last-home': 65,
  'home-occupied': 65,
  'product-unknown': 65,
  'product-in-use': 65,
  'channel-not-ready': 78,
  'batch-differs': 65,
  'units-taken': 65,
  'export-elsewhere': 65,
  'export-unfinished': 65,
  'batch-confirmed': 65,
  'certificate-changed': 65,
  'ssid-empty': 65,
  'ssid-too-long': 65,
  'password-too-long': 65,
  'file-unreadable': 66,
  'gateway-unreachable': 69,
  'no-broadcast': 69,
  'port-busy': 69,
  'capture-missing': 69,
  internal: 70,
  'file-unwritable': 73,
  'too-many-attempts': 75,
  'claim-expired': 75,
  'claim-lost': 75,
  'recovery-not-due': 75,
  'alarm-not-calm': 75,
  'device-offline': 75,
  'erasure-unfinished': 75,
  'no-snapshot': 75,
  'no-answer': 75,
  'storage-unavailable': 75,
  'answer-not-understood': 76,
  'not-signed-in': 77,
  'wrong-credentials': 77,
  'sign-in-again': 77,
  'link-spent': 77,
  'cross-site': 77,
  'capture-refused': 77,
  'already-bound': 77,
  'still-yours': 77,
  'device-locked': 77,
  'possession-not-shown': 77,
  'possession-refused': 77,
  'settings-invalid': 78,
  'public-url-unset': 78,
};

// What a phone tells a device, and the limits of the format and of the devices that listen (AirKiss §2).

/** Name and key of a network as bytes, with the byte by which the device answers. */
export interface Credentials {
  /** 1 to 32 bytes: UTF-8, GBK or whatever the access point sends. */
  readonly ssid: Uint8Array;
  /** 0 to 64 bytes as sent, so already encrypted where a key is used; empty for an open network. */
  readonly password: Uint8Array;
  /** 0 to 255; 1 to 127 is what every sender and device understands. */
  readonly random: number;
}

export const LIMIT = {
  ssid: 32,
  /** A WPA2 pre-shared key in hex. */
  password: 64,
  /** The most that the format can tell apart from the quirk of short totals. */
  total: 127,
  /** What the official device library takes. */
  official: { password: 32, total: 65, encryptedPassword: 31 },
} as const;

/** Why credentials cannot be sent. */
export type CredentialFault =
  | 'ssid-empty'
  | 'ssid-too-long'
  | 'password-too-long'
  | 'total-too-long'
  | 'random-out-of-range';

/** What can be sent, and yet some devices will not understand. */
export type CredentialWarning =
  | 'password-over-official-limit'
  | 'total-over-official-limit'
  | 'encrypted-password-over-official-limit'
  | 'password-empty'
  | 'random-outside-common-range';

/** Bytes of password, random byte and SSID together. */
export const totalOf = ({ ssid, password }: Credentials): number => password.length + 1 + ssid.length;

/** The first thing that keeps these credentials from being sent, if there is one. */
export function faultOf(credentials: Credentials): CredentialFault | undefined {
  const { ssid, password, random } = credentials;
  if (ssid.length === 0) return 'ssid-empty';
  if (ssid.length > LIMIT.ssid) return 'ssid-too-long';
  if (password.length > LIMIT.password) return 'password-too-long';
  if (totalOf(credentials) > LIMIT.total) return 'total-too-long';
  if (!Number.isInteger(random) || random < 0 || random > 255) return 'random-out-of-range';
  return undefined;
}

/** Everything a person should know before sending; `plainPassword` is the password before encryption. */
export function warningsOf(credentials: Credentials, plainPassword?: Uint8Array): CredentialWarning[] {
  const { password, random } = credentials;
  const { official } = LIMIT;
  const tests: [CredentialWarning, boolean][] = [
    ['password-over-official-limit', plainPassword === undefined && password.length > official.password],
    [
      'encrypted-password-over-official-limit',
      plainPassword !== undefined && plainPassword.length > official.encryptedPassword,
    ],
    ['total-over-official-limit', totalOf(credentials) > official.total],
    ['password-empty', password.length === 0],
    ['random-outside-common-range', random < 1 || random > 127],
  ];
  return tests.filter(([, holds]) => holds).map(([warning]) => warning);
}

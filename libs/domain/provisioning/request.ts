// What somebody asks to be sent, checked before anything goes on air.
import {
  type CredentialFault,
  type Credentials,
  type CredentialWarning,
  faultOf,
  SCHEDULES,
  type Schedule,
  warningsOf,
} from '#codecs/airkiss';
import type { ErrorCode } from '#codecs/api';
import type { AirTarget } from './air.js';
import type { IntroductionPlan } from './introduction.js';

export interface ProvisioningRequest {
  /** Name of the Wi-Fi as its access point sends it. */
  readonly ssid: Uint8Array;
  /** Empty for an open network. */
  readonly password: Uint8Array;
  /** For devices whose maker encrypts the password. */
  readonly encrypt?: (password: Uint8Array) => Uint8Array;
  /** Drawn from 1 to 127 when left out. */
  readonly random?: number;
  readonly schedule?: Schedule;
  readonly targets?: readonly [AirTarget, ...AirTarget[]];
  /** Datagrams go to these in turn: devices learn the sender's address on one or the other. */
  readonly ports?: readonly [number, ...number[]];
  readonly ackPort?: number;
  /** Ends as soon as so many devices have joined; otherwise at the deadline. */
  readonly expected?: number;
  readonly deadlineMs?: number;
  /** Devices that have joined are asked what they are, where this is given. */
  readonly introduction?: IntroductionPlan;
}

/** What is meant when nothing is said. */
export const REQUEST_DEFAULTS: RequestDefaults = {
  schedule: SCHEDULES.adaptive,
  targets: [{ to: '255.255.255.255' }],
  ports: [10_000, 10_001],
  ackPort: 10_000,
  deadlineMs: 60_000,
};

type RequestDefaults = Required<
  Pick<ProvisioningRequest, 'schedule' | 'targets' | 'ports' | 'ackPort' | 'deadlineMs'>
>;

/** A request in which nothing is left open. */
export type CompleteRequest = ProvisioningRequest & RequestDefaults;

/** Fills in what was not said; undefined counts as not said. */
export function completed(request: ProvisioningRequest): CompleteRequest {
  const said = Object.entries(request).filter(([, value]) => value !== undefined);
  return { ...request, ...REQUEST_DEFAULTS, ...Object.fromEntries(said) };
}

/** Why a request cannot be sent: a stable code, and a sentence that says what to do. */
export interface ProvisioningFault {
  readonly code: ErrorCode;
  readonly sentence: string;
}

const FAULTS: Readonly<Record<CredentialFault, ProvisioningFault>> = {
  'ssid-empty': {
    code: 'ssid-empty',
    sentence: 'The name of the Wi-Fi is empty. Give the name that the device is to join.',
  },
  'ssid-too-long': {
    code: 'ssid-too-long',
    sentence:
      'The name of the Wi-Fi is longer than 32 bytes; no Wi-Fi has such a name. Check it for blanks and characters of several bytes.',
  },
  'password-too-long': {
    code: 'password-too-long',
    sentence: 'The Wi-Fi password is longer than 63 characters or a key of 64 digits. Check it.',
  },
  'total-too-long': {
    code: 'password-too-long',
    sentence:
      'Name and password together are longer than the 126 bytes that AirKiss can carry. Use a shorter password, or a shorter one on a guest network for devices.',
  },
  'random-out-of-range': {
    code: 'invalid-request',
    sentence: 'The random byte is not a whole number from 0 to 255.',
  },
};

const WARNINGS: Readonly<Record<CredentialWarning, string>> = {
  'password-over-official-limit':
    'The password is longer than 32 bytes: devices with the official AirKiss library cannot take it.',
  'total-over-official-limit':
    'Name and password together are longer than 64 bytes: devices with the official AirKiss library cannot take them.',
  'encrypted-password-over-official-limit':
    'The password is longer than 31 bytes: encrypted, devices with the official AirKiss library cannot take it.',
  'password-empty': 'The password is empty: the device will look for an open network.',
  'random-outside-common-range':
    'The random byte is not from 1 to 127: some devices will answer wrongly or not at all.',
};

/** The credentials as they go on air. */
export function credentialsOf({ ssid, password, encrypt }: ProvisioningRequest, random: number): Credentials {
  return { ssid, password: encrypt && password.length > 0 ? encrypt(password) : password, random };
}

/** What keeps a request from being sent, if anything does. */
export function faultIn(request: ProvisioningRequest): ProvisioningFault | undefined {
  const { ssid, password, random = 1 } = request;
  if (password.length === PSK_DIGITS && !isPsk(password)) return FAULTS['password-too-long'];
  const fault = faultOf({ ssid, password, random }) ?? faultOf(credentialsOf(request, random));
  return fault && FAULTS[fault];
}

/** So many hex digits are a key as the access point derives it; no passphrase is as long (IEEE 802.11). */
const PSK_DIGITS = 64;

const isPsk = (password: Uint8Array): boolean => /^[0-9a-f]+$/i.test(new TextDecoder().decode(password));

/** What a person should know before sending, in sentences. */
export function warningsAbout(request: ProvisioningRequest): string[] {
  const plain = request.encrypt ? request.password : undefined;
  return warningsOf(credentialsOf(request, request.random ?? 1), plain).map(warning => WARNINGS[warning]);
}

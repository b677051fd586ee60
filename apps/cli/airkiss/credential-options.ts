// The options that say which Wi-Fi: a name as text, GBK or hex, a password, a key.
import { type Command, InvalidArgumentError, Option } from 'commander';
import { encodeGbk } from '#codecs/airkiss';
import { Failure } from '../failure.js';
import { type PasswordCipher, passwordCipher } from './password-cipher.js';

const KEY_BYTES = 16;

export interface CredentialOptions {
  readonly ssid?: string;
  readonly ssidHex?: Uint8Array;
  readonly encoding: 'utf8' | 'gbk';
  readonly password?: string;
  readonly random?: number;
  readonly key?: PasswordCipher;
}

/** Adds them to a command. */
export function withCredentialOptions(command: Command): Command {
  return command
    .option('--ssid <name>', 'name of the Wi-Fi')
    .option('--ssid-hex <hex>', 'name of the Wi-Fi as bytes, where it is no text', parseHex)
    .addOption(
      new Option('--encoding <encoding>', 'how the access point writes its name')
        .choices(['utf8', 'gbk'])
        .default('utf8'),
    )
    .option('--password <password>', "password of the Wi-Fi; '' for an open network")
    .option('--random <byte>', 'the byte by which devices answer, 0 to 255 (drawn from 1 to 127)', parseByte)
    .addOption(keyOption());
}

export function keyOption(): Option {
  return new Option(
    '--key <key>',
    'key of products whose password is encrypted, up to 16 characters',
  ).argParser(parseKey);
}

/** The name as bytes; throws Failure `usage` or `invalid-request`. */
export function ssidOf({ ssid, ssidHex, encoding }: CredentialOptions): Uint8Array {
  if ((ssid === undefined) === (ssidHex === undefined))
    throw new Failure('usage', {
      sentence: 'Give the name of the Wi-Fi: --ssid NAME or --ssid-hex HEX, one of the two.',
    });
  if (ssidHex) return ssidHex;
  const text = ssid ?? '';
  const bytes = encoding === 'gbk' ? encodeGbk(text) : new TextEncoder().encode(text);
  if (!bytes)
    throw new Failure('invalid-request', {
      sentence: `"${text}" cannot be written in GBK. Give its bytes with --ssid-hex.`,
    });
  return bytes;
}

export const passwordBytes = (password: string): Uint8Array => new TextEncoder().encode(password);

export function parseHex(text: string): Uint8Array {
  if (!/^([0-9a-f]{2})*$/i.test(text))
    throw new InvalidArgumentError('It takes pairs of hex digits, such as 4d79.');
  return Uint8Array.from(Buffer.from(text, 'hex'));
}

function parseByte(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isInteger(value) || value < 0 || value > 255)
    throw new InvalidArgumentError('It takes a whole number from 0 to 255.');
  return value;
}

function parseKey(text: string): PasswordCipher {
  const key = new TextEncoder().encode(text);
  if (key.length === 0 || key.length > KEY_BYTES)
    throw new InvalidArgumentError(`It takes 1 to ${KEY_BYTES} characters.`);
  return passwordCipher(key);
}

// A result in words.

import { facts } from '../table.js';
import type { Result } from './hearing.js';
import { macText } from './mac-text.js';

const REASONS: Readonly<Record<string, string>> = {
  'no-guide': 'no guide was heard',
  'awaiting-magic': 'the length of the data was not heard (magic)',
  'awaiting-prefix': 'the length of the password was not heard (prefix)',
  'missing-symbols': 'some symbols were never heard',
  'group-check-failed': 'a group does not agree with its check',
  'ssid-check-failed': 'the SSID does not agree with its check',
  'awaiting-agreement': 'everything was heard, but too little of it twice to be sure',
  'key-does-not-fit': 'the key does not fit',
};

/** For people; the password is what they came for. */
export function resultText(result: Result): string {
  if (result.status === 'incomplete')
    return `Nothing could be decoded from ${result.frames} frames: ${REASONS[result.reason] ?? result.reason}. See what was heard with --explain.\n`;
  return facts([
    ['SSID', result.ssid],
    ['SSID (hex)', result.ssidHex],
    ['Password', result.password === '' ? '(open network)' : result.password],
    ['Password (hex)', result.passwordHex],
    ['Random', String(result.random)],
    ['Sender', result.source === null ? null : macText(result.source)],
    ['Frames', `${result.frames}, base found at ${result.lockAt}`],
    ['Confidence', String(result.confidence)],
  ]);
}

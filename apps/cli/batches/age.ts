// Encryption for the maker's own age key, so that credentials never lie open on the way to the factory.
import { readFile } from 'node:fs/promises';
import { Encrypter } from 'age-encryption';
import { Failure } from '../failure.js';

export interface RecipientOptions {
  /** Public keys, `age1…`. */
  readonly age?: readonly string[];
  /** A file with one of them a line, as `age -R` takes it. */
  readonly ageRecipients?: string;
}

export type Seal = (text: string) => Promise<Uint8Array>;

/** Null when no key was given. @throws Failure for what is no age key, with its place. */
export async function sealFor({ age = [], ageRecipients }: RecipientOptions): Promise<Seal | null> {
  const listed = ageRecipients === undefined ? [] : await recipientsIn(ageRecipients);
  const recipients = [...age.map(key => ({ key, place: '--age' })), ...listed];
  if (recipients.length === 0) return null;
  const encrypter = new Encrypter();
  for (const { key, place } of recipients) {
    try {
      encrypter.addRecipient(key);
    } catch {
      throw new Failure('usage', {
        sentence: `${place} takes the public key of age, which begins with age1.`,
      });
    }
  }
  return text => encrypter.encrypt(text);
}

async function recipientsIn(file: string): Promise<{ key: string; place: string }[]> {
  const text = await readFile(file, 'utf8').catch(error => {
    throw new Failure('file-unreadable', { sentence: `${file} cannot be read: ${String(error)}` });
  });
  const keys = text
    .split('\n')
    .map((line, i) => ({ key: line.trim(), place: `${file}, line ${i + 1},` }))
    .filter(({ key }) => key !== '' && !key.startsWith('#'));
  if (keys.length > 0) return keys;
  throw new Failure('usage', { sentence: `${file} names no key of age.` });
}

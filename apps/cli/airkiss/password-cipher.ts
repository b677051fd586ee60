// The encryption that some makers put over the password: AES-128-CBC with the key as its own IV (AirKiss §3).
import { createCipheriv, createDecipheriv } from 'node:crypto';

const KEY_BYTES = 16;

/** Both directions under one key. */
export interface PasswordCipher {
  encrypt(password: Uint8Array): Uint8Array;
  /** Undefined when the key does not fit. */
  decrypt(sent: Uint8Array): Uint8Array | undefined;
}

/** A key of at most 16 bytes; a shorter one is filled with zeros, as devices do. */
export function passwordCipher(key: Uint8Array): PasswordCipher {
  const filled = new Uint8Array(KEY_BYTES);
  filled.set(key);
  return {
    encrypt: password => {
      const cipher = createCipheriv('aes-128-cbc', filled, filled);
      return new Uint8Array(Buffer.concat([cipher.update(password), cipher.final()]));
    },
    decrypt: sent => {
      const decipher = createDecipheriv('aes-128-cbc', filled, filled);
      try {
        return new Uint8Array(Buffer.concat([decipher.update(sent), decipher.final()]));
      } catch {
        return undefined;
      }
    },
  };
}

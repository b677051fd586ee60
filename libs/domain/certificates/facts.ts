// What a certificate says: for whom, until when, and the print by which it is told from every other.
import { createHash, X509Certificate } from 'node:crypto';

export interface CertificateFacts {
  /** The common name of its subject; empty when there is none. */
  readonly name: string;
  /** Host names and addresses that it stands for. */
  readonly hosts: readonly string[];
  /** SHA-256 of the whole certificate, hex. */
  readonly fingerprint: string;
  readonly notBefore: number;
  readonly notAfter: number;
}

/** @param certificate PEM, or the bytes of DER. Null when it is none. */
export function factsOf(certificate: string | Uint8Array): CertificateFacts | null {
  try {
    const read = new X509Certificate(certificate);
    return {
      name: commonName(read),
      hosts: hostsOf(read),
      fingerprint: fingerprintOf(read.raw),
      notBefore: Date.parse(read.validFrom),
      notAfter: Date.parse(read.validTo),
    };
  } catch {
    return null;
  }
}

/** @param der the whole certificate */
export function fingerprintOf(der: Uint8Array): string {
  return createHash('sha256').update(der).digest('hex');
}

function commonName({ subject }: X509Certificate): string {
  return /^CN=(.*)$/m.exec(subject ?? '')?.[1] ?? '';
}

function hostsOf({ subjectAltName }: X509Certificate): string[] {
  return (subjectAltName ?? '')
    .split(', ')
    .flatMap(each => /^(?:DNS|IP Address):(.+)$/.exec(each)?.[1] ?? []);
}

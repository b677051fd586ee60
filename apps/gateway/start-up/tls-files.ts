// The operator's own certificate files: read and looked through, so that a wrong one is named and not served.
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { DomainError } from '#domain/errors';
import { systemCode } from './private-file.js';

export interface TlsFiles {
  /** PEM, with the chain when the file has one. */
  readonly certificate: string;
  readonly privateKey: string;
}

interface Fault {
  readonly field: string;
  readonly message: string;
}

const certificateSetting = 'MQTT_TLS_CERT';
const keySetting = 'MQTT_TLS_KEY';
const authoritySetting = 'MQTT_TLS_CA';

/**
 * Null when neither path is set.
 * @throws DomainError `settings-invalid` with every fault; what is in the files is never repeated.
 */
export async function readTlsFiles(
  certificatePath: string | null,
  keyPath: string | null,
  now: number,
): Promise<TlsFiles | null> {
  if (certificatePath === null && keyPath === null) return null;
  const faults: Fault[] = [];
  const certificate = await textOf(certificateSetting, certificatePath, faults);
  const privateKey = await textOf(keySetting, keyPath, faults);
  const own = certificate === null ? null : checked(certificateSetting, certificate, now, faults);
  const key = privateKey === null ? null : keyOf(privateKey, faults);
  if (own !== null && key !== null && !own.checkPrivateKey(key))
    faults.push({ field: keySetting, message: `takes the key that belongs to ${certificateSetting}` });
  if (faults.length > 0 || certificate === null || privateKey === null) throw invalid(faults);
  return { certificate, privateKey };
}

/** Certificates of authorities that identify clients, each as PEM. @throws DomainError `settings-invalid`. */
export async function readAuthorityFile(path: string | null, now: number): Promise<readonly string[]> {
  if (path === null) return [];
  const faults: Fault[] = [];
  const text = (await textOf(authoritySetting, path, faults)) ?? '';
  const certificates = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  if (faults.length === 0 && certificates.length === 0)
    faults.push({ field: authoritySetting, message: 'takes a file of certificates as PEM' });
  for (const certificate of certificates) checked(authoritySetting, certificate, now, faults);
  if (faults.length > 0) throw invalid(faults);
  return certificates;
}

function invalid(faults: readonly Fault[]): DomainError {
  return new DomainError('settings-invalid', { faults: [...faults] });
}

async function textOf(field: string, path: string | null, faults: Fault[]): Promise<string | null> {
  if (path === null) {
    faults.push({ field, message: `takes a file, as ${certificateSetting} and ${keySetting} go together` });
    return null;
  }
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    faults.push({ field, message: `takes a file that can be read, not ${path} (${systemCode(error)})` });
    return null;
  }
}

/** The first certificate of a file, if it holds today. */
function checked(field: string, text: string, now: number, faults: Fault[]): X509Certificate | null {
  const certificate = parsed(text);
  if (certificate === null) {
    faults.push({ field, message: 'takes a certificate as PEM' });
    return null;
  }
  const [from, to] = [certificate.validFrom, certificate.validTo];
  if (Date.parse(to) <= now)
    faults.push({ field, message: `takes a certificate that holds; this ended ${to}` });
  if (Date.parse(from) > now)
    faults.push({ field, message: `takes a certificate that holds; this begins ${from}` });
  return certificate;
}

function parsed(text: string): X509Certificate | null {
  try {
    return new X509Certificate(text);
  } catch {
    return null;
  }
}

function keyOf(text: string, faults: Fault[]) {
  try {
    return createPrivateKey(text);
  } catch {
    faults.push({ field: keySetting, message: 'takes a private key as PEM, without a passphrase' });
    return null;
  }
}

// Certificates of a private authority: its own, a server's and a device's, all ECDSA on P-256 (RFC 5280).
import 'reflect-metadata';
import { createPrivateKey, KeyObject, webcrypto } from 'node:crypto';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  type Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
  Pkcs10CertificateRequest,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';

/** Both as PEM; the key as PKCS #8. */
export interface Certified {
  readonly certificate: string;
  readonly privateKey: string;
}

const curve = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const signature = { name: 'ECDSA', hash: 'SHA-256' } as const;
const dayMs = 86_400_000;

/** As long as the devices it is put into; theirs end with it. */
const authorityDays = 30 * 365;
const serverDays = 2 * 365;
/** Clocks differ, and a device may be powered on the day it was made. */
const backdatedMs = dayMs;

/** @param name its common name, by which people tell authorities apart */
export async function makeAuthority(name: string, now: number): Promise<Certified> {
  const keys = await newKeys();
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: [{ CN: [name] }],
    keys,
    signingAlgorithm: signature,
    notBefore: new Date(now - backdatedMs),
    notAfter: new Date(now + authorityDays * dayMs),
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { certificate: pem(certificate), privateKey: privatePem(keys.privateKey) };
}

/** @param names host names and addresses; at least one */
export async function certifyServer(
  authority: Certified,
  names: readonly string[],
  now: number,
): Promise<Certified> {
  const keys = await newKeys();
  const certificate = await sign(authority, {
    subject: names[0] ?? '',
    publicKey: keys.publicKey,
    usage: ExtendedKeyUsage.serverAuth,
    notBefore: now - backdatedMs,
    notAfter: now + serverDays * dayMs,
    more: [new SubjectAlternativeNameExtension(names.map(generalName))],
  });
  return { certificate, privateKey: privatePem(keys.privateKey) };
}

/** Until the authority itself ends: a device in a ceiling is not visited for a new one. */
export async function certifyDevice(authority: Certified, deviceId: string, now: number): Promise<Certified> {
  const keys = await newKeys();
  const certificate = await signForDevice(authority, deviceId, keys.publicKey, now);
  return { certificate, privateKey: privatePem(keys.privateKey) };
}

/**
 * For a key that never left its device. Of the request only the key is taken: who it is for, is said here.
 * @param request PKCS #10 as PEM
 * @returns the certificate as PEM; null when it is no request, or not signed by its own key.
 */
export async function certifyRequest(
  authority: Certified,
  deviceId: string,
  request: string,
  now: number,
): Promise<string | null> {
  const read = parseRequest(request);
  if (read === null || !(await read.verify().catch(() => false))) return null;
  const publicKey = await read.publicKey.export().catch(() => null);
  return publicKey && signForDevice(authority, deviceId, publicKey, now);
}

function parseRequest(request: string): Pkcs10CertificateRequest | null {
  try {
    return new Pkcs10CertificateRequest(request);
  } catch {
    return null;
  }
}

function signForDevice(
  authority: Certified,
  deviceId: string,
  publicKey: webcrypto.CryptoKey,
  now: number,
): Promise<string> {
  return sign(authority, {
    subject: deviceId,
    publicKey,
    usage: ExtendedKeyUsage.clientAuth,
    notBefore: now - backdatedMs,
    notAfter: new X509Certificate(authority.certificate).notAfter.getTime(),
    more: [],
  });
}

interface Wanted {
  readonly subject: string;
  readonly publicKey: webcrypto.CryptoKey;
  readonly usage: ExtendedKeyUsage;
  readonly notBefore: number;
  readonly notAfter: number;
  readonly more: readonly Extension[];
}

async function sign(authority: Certified, wanted: Wanted): Promise<string> {
  const issuer = new X509Certificate(authority.certificate);
  const certificate = await X509CertificateGenerator.create({
    // Not as text: a name with a comma in it would become two.
    subject: [{ CN: [wanted.subject] }],
    issuer: issuer.subjectName,
    publicKey: wanted.publicKey,
    signingKey: await signingKey(authority.privateKey),
    signingAlgorithm: signature,
    notBefore: new Date(wanted.notBefore),
    notAfter: new Date(Math.min(wanted.notAfter, issuer.notAfter.getTime())),
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([wanted.usage]),
      await SubjectKeyIdentifierExtension.create(wanted.publicKey),
      await AuthorityKeyIdentifierExtension.create(issuer.publicKey),
      ...wanted.more,
    ],
  });
  return pem(certificate);
}

function generalName(name: string): { type: 'ip' | 'dns'; value: string } {
  const isAddress = name.includes(':') || /^\d+(\.\d+){3}$/.test(name);
  return { type: isAddress ? 'ip' : 'dns', value: name };
}

async function newKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(curve, true, ['sign', 'verify']);
}

function signingKey(privateKey: string): Promise<webcrypto.CryptoKey> {
  const der = createPrivateKey(privateKey).export({ type: 'pkcs8', format: 'der' });
  return webcrypto.subtle.importKey('pkcs8', der, curve, false, ['sign']);
}

function privatePem(key: webcrypto.CryptoKey): string {
  return String(KeyObject.from(key).export({ type: 'pkcs8', format: 'pem' }));
}

function pem(certificate: X509Certificate): string {
  return `${certificate.toString('pem')}\n`;
}

// By what the pretended devices know their gateway and show who they are, read from files of PEM.
import { readFile } from 'node:fs/promises';
import type { Identity } from '../device/index.js';

export interface TlsWords {
  readonly broker: string;
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
}

/** The authority that vouches for the gateway; those of the system without one. @throws a sentence that says what to do. */
export async function authorityOf({ broker, ca }: TlsWords): Promise<string | undefined> {
  if (ca === undefined) return undefined;
  if (!/^(mqtts|wss):/.test(broker))
    throw new Error('--ca means nothing without TLS: --broker takes mqtts://HOST:8883');
  return pem(ca);
}

/** The devices with the certificate that one of them was given. @throws a sentence that says what to do. */
export async function certified(
  devices: readonly Identity[],
  { cert, key }: TlsWords,
): Promise<readonly Identity[]> {
  if (cert === undefined && key === undefined) return devices;
  if (cert === undefined || key === undefined) throw new Error('--cert and --key go together');
  const [device, ...others] = devices;
  if (device === undefined || others.length > 0)
    throw new Error(
      `a certificate is one device's, and ${devices.length} live here: name them all with --identities, from "airbind batches create --certificates --json"`,
    );
  return [{ ...device, certificate: await pem(cert), privateKey: await pem(key) }];
}

async function pem(path: string): Promise<string> {
  const text = await readFile(path, 'utf8').catch(() => '');
  if (text.includes('-----BEGIN ')) return text;
  throw new Error(`${path} is no file of PEM that can be read`);
}

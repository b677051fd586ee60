// The private authority's files: its key with its certificate, and the gateway's own, for the gateway's user alone.
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { join } from 'node:path';
import { AuthorityStore, type Certified } from '#domain/certificates';
import { DomainError } from '#domain/errors';
import { createPrivateFile, readPrivateFile, systemCode, writePrivateFile } from './private-file.js';

/** One file each for a key and its certificate, so that they are written together or not at all. */
export class AuthorityFolder extends AuthorityStore {
  private readonly authorityFile: string;
  private readonly serverFile: string;

  constructor(dataFolder: string) {
    super();
    this.authorityFile = join(dataFolder, 'authority.pem');
    this.serverFile = join(dataFolder, 'server.pem');
  }

  authority(): Promise<Certified | null> {
    return read(
      this.authorityFile,
      'Put its backup in place; a new one would refuse every certified device.',
    );
  }

  keepAuthority(authority: Certified): Promise<void> {
    return createPrivateFile(this.authorityFile, textOf(authority));
  }

  server(): Promise<Certified | null> {
    return read(this.serverFile, 'Remove it and have it made anew: airbind ca server --name HOST');
  }

  keepServer(server: Certified): Promise<void> {
    return writePrivateFile(this.serverFile, textOf(server));
  }
}

function textOf({ privateKey, certificate }: Certified): string {
  return `${privateKey}${certificate}`;
}

const block = /-----BEGIN ([A-Z ]+)-----[^-]+-----END \1-----\n?/g;

/** @throws DomainError `file-unreadable`, which never repeats what is in the file. */
async function read(path: string, advice: string): Promise<Certified | null> {
  const unreadable = (reason: string) =>
    new DomainError('file-unreadable', { detail: `${path} cannot be read: ${reason}. ${advice}` });
  const text = await readPrivateFile(path).catch(error => {
    throw unreadable(systemCode(error) ?? 'unknown reason');
  });
  if (text === null) return null;
  const blocks = new Map([...text.matchAll(block)].map(([whole, kind]) => [kind, whole]));
  const pair = {
    privateKey: blocks.get('PRIVATE KEY') ?? '',
    certificate: blocks.get('CERTIFICATE') ?? '',
  };
  if (!isPair(pair)) throw unreadable('it does not hold a key and the certificate that belongs to it');
  return pair;
}

function isPair({ privateKey, certificate }: Certified): boolean {
  try {
    return new X509Certificate(certificate).checkPrivateKey(createPrivateKey(privateKey));
  } catch {
    return false;
  }
}

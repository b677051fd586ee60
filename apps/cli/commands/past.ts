// The commands of `account` about devices that were one's own: what there is, erasing it, and the certificate of that.
import { createPublicKey } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import type { ErasureCertificate, ErasureView, FarewellCertificate, PastView } from '#codecs/api';
import { type Certificate, certificateText, isGenuine, readCertificate } from '#domain/erasure';
import { Failure } from '../failure.js';
import type { GatewayClient } from '../gateway-client.js';
import { connect, examples, gatewayCommand, type Surroundings } from '../gateway-command.js';
import type { GatewayOptions } from '../settings.js';
import { facts, table, timeText } from '../table.js';
import { forOwner, intoWholeFile } from '../whole-file.js';

const pastHelp = 'as "account past" names it, such as 7Q2M4KX9.1';

export function pastCommands(surroundings: Surroundings): Command[] {
  return [
    pastCommand(surroundings),
    eraseCommand(surroundings),
    certificateCommand(surroundings),
    verifyCommand(surroundings),
  ];
}

function pastCommand(surroundings: Surroundings): Command {
  return gatewayCommand('past', 'devices that were yours, and what became of what they recorded')
    .addHelpText('after', examples('account past'))
    .action(async (options: GatewayOptions) => {
      const { gateway, show } = await connect(surroundings, options);
      show(await gateway.call('past'), past =>
        past.length === 0
          ? 'No device was yours before.\n'
          : table(['ID', 'SERIAL', 'PRODUCT', 'FROM', 'TO', 'HISTORY'], past.map(rowOf)),
      );
    });
}

function rowOf({ id, serial, product, from, to, erasure }: PastView): string[] {
  return [id, serial, product.en, timeText(from), timeText(to), stateOf(erasure)];
}

function stateOf(erasure: ErasureView | null): string {
  if (erasure === null) return 'kept';
  return erasure.erasedAt === null ? 'being erased' : `erased ${timeText(erasure.erasedAt)}`;
}

function eraseCommand(surroundings: Surroundings): Command {
  return gatewayCommand('erase', 'erase for ever what a device recorded while it was yours')
    .argument('<past>', pastHelp)
    .requiredOption('--yes', 'say that you mean it: nobody can bring it back')
    .addHelpText('after', examples('account erase 7Q2M4KX9.1 --yes'))
    .action(async (pastId: string, options: GatewayOptions) => {
      const { gateway, show } = await connect(surroundings, options);
      show(await gateway.call('erasePast', { params: { pastId } }), ({ erasedAt }) =>
        erasedAt === null
          ? `It is being erased. The certificate afterwards: airbind account certificate ${pastId} --out FILE\n`
          : `It was erased ${timeText(erasedAt)}: airbind account certificate ${pastId} --out FILE\n`,
      );
    });
}

function certificateCommand(surroundings: Surroundings): Command {
  return gatewayCommand('certificate', 'the certificate of what was erased, as a file')
    .argument('<past>', pastHelp)
    .requiredOption('--out <file>', 'where it goes; a file that is there is replaced')
    .addHelpText('after', examples('account certificate 7Q2M4KX9.1 --out erased.json'))
    .action(async (pastId: string, { out, ...options }: GatewayOptions & { readonly out: string }) => {
      const { gateway, show } = await connect(surroundings, options);
      const { certificate } = await gateway.call('erasure', { params: { pastId } });
      if (certificate === null) throw new Failure('erasure-unfinished');
      await intoWholeFile(out, forOwner, handle => handle.writeFile(certificateText(certificate)));
      show({ file: out, certificate }, () => `${out}: verify it with airbind account verify ${out}\n`);
    });
}

interface VerifyOptions extends GatewayOptions {
  readonly key?: string;
}

function verifyCommand(surroundings: Surroundings): Command {
  return gatewayCommand('verify', 'whether a certificate is as the gateway wrote it')
    .argument('<file>', 'the certificate')
    .option('--key <file>', "the gateway's public key, as PEM; else the gateway is asked")
    .addHelpText('after', examples('account verify erased.json', 'account verify erased.json --key key.pem'))
    .action(async (file: string, { key, ...options }: VerifyOptions) => {
      const { gateway, show } = await connect(surroundings, options);
      const certificate = readCertificate(await textOf(file));
      if (certificate === null) throw new Failure('certificate-changed');
      const pem = key === undefined ? await servedKey(gateway, certificate) : await textOf(key);
      if (!isGenuine(certificate, publicKeyOf(pem))) throw new Failure('certificate-changed');
      show(certificate, certificateFacts);
    });
}

async function servedKey(gateway: GatewayClient, { keyId }: Certificate): Promise<string> {
  const keys = await gateway.call('certificateKeys');
  const key = keys.find(each => each.keyId === keyId);
  if (key === undefined) throw new Failure('certificate-changed');
  return key.publicKey;
}

function publicKeyOf(pem: string) {
  try {
    return createPublicKey(pem);
  } catch {
    throw new Failure('file-unreadable', { sentence: 'The key is no public key as PEM.' });
  }
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new Failure('file-unreadable', { sentence: `${file} cannot be read: ${String(error)}` });
  }
}

function certificateFacts(certificate: Certificate): string {
  return `It is genuine.\n${facts('account' in certificate ? ofAccount(certificate) : ofDevice(certificate))}`;
}

type Facts = Parameters<typeof facts>[0];

function ofAccount(certificate: FarewellCertificate): Facts {
  const { gateway, account, askedAt, removedAt, removed, erasures, remains } = certificate;
  const devices = erasures.map(({ device, epoch }) => `${device.id} (${device.serial}), epoch ${epoch}`);
  return [
    ['Gateway', gateway],
    ['Account', account],
    ['Asked', askedAt],
    ['Removed', removedAt],
    ['What', countsText(removed)],
    ['Histories of', devices.join(', ')],
    ['', remains.en],
  ];
}

function ofDevice(certificate: ErasureCertificate): Facts {
  const { gateway, device, epoch, from, to, askedAt, erasedAt, erased, remains } = certificate;
  return [
    ['Gateway', gateway],
    ['Device', `${device.id} (${device.serial}), epoch ${epoch}`],
    ['Time', `${from} to ${to}`],
    ['Asked', askedAt],
    ['Erased', erasedAt],
    ['What', countsText(erased)],
    ['', remains.en],
  ];
}

const countsText = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([kind, rows]) => `${rows} ${kind}`)
    .join(', ');

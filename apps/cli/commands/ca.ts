// `ca`: the gateway's own certificate authority, and the certificates that it gives to the gateway and to devices.
import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import type { AuthorityView, DeviceCertificateView } from '#codecs/api';
import { Failure } from '../failure.js';
import { connect, examples, gatewayCommand, group, type Surroundings } from '../gateway-command.js';
import { intoNewFile } from '../new-file.js';
import type { GatewayOptions } from '../settings.js';
import { facts, timeText } from '../table.js';

interface NamesOptions extends GatewayOptions {
  readonly name: readonly string[];
}

interface IssueOptions extends GatewayOptions {
  readonly request?: string;
  readonly out?: string;
}

interface CertificateOptions extends GatewayOptions {
  readonly out?: string;
}

const namesHelp =
  'host name or address at which devices reach the broker, beside that of PUBLIC_URL; may be given several times';

export function caCommand(surroundings: Surroundings): Command {
  const make = [createCommand, showCommand, certificateCommand, serverCommand, issueCommand, registerCommand];
  return group(
    'ca',
    'certificates: of the gateway, and of devices that connect without a secret (operators)',
    make.map(each => each(surroundings)),
  );
}

function createCommand(surroundings: Surroundings): Command {
  return gatewayCommand('create', "make the gateway's certificate authority, and serve MQTT over TLS")
    .option('--name <host>', namesHelp, collect, [])
    .addHelpText('after', examples('ca create --name gateway.lan'))
    .action(async ({ name, ...options }: NamesOptions) => {
      const { gateway, show } = await connect(surroundings, options);
      show(await gateway.call('makeAuthority', { body: { names: [...name] } }), authorityText);
    });
}

function showCommand(surroundings: Surroundings): Command {
  return gatewayCommand('show', 'the authority, and where the broker listens for TLS')
    .addHelpText('after', examples('ca show'))
    .action(async (options: GatewayOptions) => {
      const { gateway, show } = await connect(surroundings, options);
      show(await gateway.call('authority'), authorityText);
    });
}

function certificateCommand(surroundings: Surroundings): Command {
  return gatewayCommand(
    'certificate',
    "the authority's certificate as PEM, by which devices know the gateway",
  )
    .option('--out <file>', 'write to a new file instead of the terminal')
    .addHelpText('after', examples('ca certificate --out ca.pem'))
    .action(async ({ out, ...options }: CertificateOptions) => {
      const { gateway, show } = await connect(surroundings, options);
      const get = () => gateway.call('authority');
      if (out === undefined) return show(await get(), ({ certificate }) => certificate);
      await intoNewFile(out, get, ({ certificate }) => certificate);
      show({ file: out }, () => `Written to ${out}.\n`);
    });
}

function serverCommand(surroundings: Surroundings): Command {
  return gatewayCommand('server', 'give the gateway a certificate for other names')
    .requiredOption('--name <host>', namesHelp, collect)
    .addHelpText('after', examples('ca server --name gateway.lan --name 192.168.1.10'))
    .action(async ({ name, ...options }: NamesOptions) => {
      const { gateway, show } = await connect(surroundings, options);
      show(await gateway.call('certifyGateway', { body: { names: [...name] } }), authorityText);
    });
}

function issueCommand(surroundings: Surroundings): Command {
  return gatewayCommand(
    'issue',
    'give a device a certificate, in the place of an earlier one; its key is shown this once',
  )
    .argument('<device>', 'id of the device')
    .option('--request <file>', 'a PKCS #10 request, for a key that stays in the device')
    .option('--out <file>', 'write to a new file that only you can read, instead of the terminal')
    .addHelpText(
      'after',
      `\nPrints key, certificate and authority as PEM, or JSON with --json.\n${examples(
        'ca issue 7Q2M4KX9 --out 7Q2M4KX9.pem',
        'ca issue 7Q2M4KX9 --request 7Q2M4KX9.csr',
      )}`,
    )
    .action(async (deviceId: string, { request, out, ...options }: IssueOptions) => {
      const { gateway, show } = await connect(surroundings, options);
      const body = request === undefined ? {} : { request: await textOf(request) };
      const issue = () => gateway.call('certifyDevice', { params: { deviceId }, body });
      if (out === undefined) return show(await issue(), pemText);
      await intoNewFile(out, issue, made =>
        options.json ? `${JSON.stringify(made, null, 2)}\n` : pemText(made),
      );
      show({ deviceId, file: out }, () => `The certificate of ${deviceId} was written to ${out}.\n`);
    });
}

function registerCommand(surroundings: Surroundings): Command {
  return gatewayCommand('register', 'let a device in by a certificate of your own authority (MQTT_TLS_CA)')
    .argument('<device>', "id of the device; the certificate's common name")
    .argument('<file>', 'the certificate as PEM')
    .addHelpText('after', examples('ca register 7Q2M4KX9 7Q2M4KX9.crt'))
    .action(async (deviceId: string, file: string, options: GatewayOptions) => {
      const { gateway, show } = await connect(surroundings, options);
      const body = { certificate: await textOf(file) };
      show(
        await gateway.call('registerCertificate', { params: { deviceId }, body }),
        ({ fingerprint }) => `${deviceId} is let in by the certificate ${fingerprint}.\n`,
      );
    });
}

function authorityText({ name, fingerprint, endsAt, server, tlsPort }: AuthorityView): string {
  return facts([
    ['Authority', name],
    ['SHA-256', fingerprint],
    ['Ends', timeText(endsAt)],
    ['Gateway', server?.names.join(' ')],
    ['Ends', server && timeText(server.endsAt)],
    ['TLS port', tlsPort === null ? null : String(tlsPort)],
  ]);
}

function pemText({ privateKey, certificate, authority }: DeviceCertificateView): string {
  return [privateKey ?? '', certificate, authority].join('');
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new Failure('file-unreadable', { sentence: `${file} cannot be read: ${String(error)}` });
  }
}

function collect(name: string, before: readonly string[] = []): readonly string[] {
  return [...before, name];
}

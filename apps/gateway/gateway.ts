// A whole gateway in this process: started in order, and stopped in order, so that nothing acknowledged is lost.
import type { Server } from 'node:http';
import { Logger } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Broker } from '#adapters/broker';
import { Stores } from '#adapters/storage';
import { OneTimeLinks } from '#domain/accounts';
import { Manufacture, Products, PublicUrl } from '#domain/devices';
import { Absences, HomeModes, Intake } from '#domain/intake';
import { Dispatcher } from '#domain/notices';
import { OpenStreams } from './http/open-streams.js';
import { welcomePage } from './http/page-links.js';
import { Jobs } from './jobs/jobs.js';
import { SecureListener } from './mqtt/secure-listener.js';
import { Readiness } from './readiness.js';
import type { Settings } from './settings/index.js';
import { AuthorityFolder } from './start-up/authority-folder.js';
import { CliToken } from './start-up/cli-token.js';
import { openDataFolder } from './start-up/data-folder.js';
import { openKeyRing } from './start-up/key-ring.js';
import { listenForHttp } from './start-up/listen.js';
import { reachableOrigin } from './start-up/local-address.js';
import { openFilesLimit } from './start-up/open-files.js';
import { compareWithPrinted } from './start-up/printed-url.js';
import { openVapidKeys } from './start-up/vapid-keys.js';
import { version } from './version.js';
import { makeApp } from './web-app.js';

export interface Gateway {
  /** Where this machine reaches it, such as `http://127.0.0.1:8080`. */
  readonly url: string;
  /** What stands in printed codes and links. */
  readonly publicUrl: string;
  readonly mqttPort: number;
  /** Null while there is no certificate to show. */
  readonly mqttTlsPort: number | null;
  /** Absolute. */
  readonly dataFolder: string;
  /** A bearer token with an operator's rights; also in the file `cli-token` of the data folder. */
  readonly cliToken: string;
  /** Makes the first operator, once; null when there is one. */
  readonly firstOperatorUrl: string | null;
  /** What stands on codes that were made before, when PUBLIC_URL has changed since; null when it has not. */
  readonly printedUrl: string | null;
  /** The key ring's file, when it was made just now and wants a backup. */
  readonly newKeyRing: string | null;
  readonly app: NestFastifyApplication;
  /** Resolves, if ever, when the store takes nothing more because an fsync has failed: only another process may go on. */
  readonly durabilityLost: Promise<Error>;
  /** Shows the certificates that are in the files now; connections stay. */
  renewCertificates(): Promise<void>;
  /** Orderly: what was acknowledged is stored, nobody is marked offline. */
  close(): Promise<void>;
}

/** @throws DomainError `settings-invalid`, `file-unreadable` or `port-busy`, each with a sentence for the operator. */
export async function startGateway(settings: Settings): Promise<Gateway> {
  const dataFolder = await openDataFolder(settings.dataFolder);
  const keyRing = await openKeyRing(dataFolder, new Date());
  const cliToken = new CliToken(dataFolder);
  const publicUrl = new ChosenUrl(settings);
  const authority = new AuthorityFolder(dataFolder);
  const vapidKeys = await openVapidKeys(dataFolder);
  const ground = {
    settings,
    keyRing: keyRing.ring,
    publicUrl,
    cliToken: cliToken.token,
    authority,
    vapidKeys,
  };
  const app = await makeApp(ground, dataFolder);
  const close = once(() => stop(app, cliToken));
  try {
    const ports = await open(app, settings, publicUrl);
    await cliToken.leave();
    const hasBatches = (await app.get(Manufacture).batches()).length > 0;
    const printedUrl = await compareWithPrinted(dataFolder, publicUrl.href, hasBatches);
    const link = await app.get(OneTimeLinks).forFirstOperator();
    logStart(dataFolder, ports, await openFilesLimit());
    return {
      url: reachableOrigin(loopbackOf(settings.httpHost), ports.httpPort),
      publicUrl: publicUrl.href,
      mqttPort: ports.mqttPort,
      mqttTlsPort: ports.mqttTlsPort,
      dataFolder,
      cliToken: cliToken.token,
      firstOperatorUrl: link && welcomePage(publicUrl.href, link.token),
      printedUrl,
      newKeyRing: keyRing.isNew ? keyRing.path : null,
      app,
      renewCertificates: () => app.get(SecureListener).renew(),
      durabilityLost: app.get(Stores).durabilityLost,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

interface Ports {
  readonly httpPort: number;
  readonly mqttPort: number;
  readonly mqttTlsPort: number | null;
}

/** The intake first, so that nobody is heard before there is somebody who decides. */
async function open(app: NestFastifyApplication, settings: Settings, publicUrl: ChosenUrl): Promise<Ports> {
  await app.get(Products).stock();
  await tellAbsence(app.get(Absences));
  await app.get(Dispatcher).begin();
  await app.get(Intake).start();
  await app.get(HomeModes).start();
  app.get(Broker).attachWebSocket(app.getHttpServer());
  const httpPort = await listenForHttp(app, settings.httpHost, settings.httpPort);
  publicUrl.listensAt(httpPort);
  const { port: mqttPort } = await app.get(Broker).listen();
  const mqttTlsPort = await app.get(SecureListener).open();
  app.get(Jobs).start();
  app.get(Readiness).isOpen = true;
  return { httpPort, mqttPort, mqttTlsPort };
}

/** Nothing was heard in it and nothing raised: people are to know. */
async function tellAbsence(absences: Absences): Promise<void> {
  const absence = await absences.end();
  if (absence === null) return;
  const [from, until] = [absence.from, absence.until].map(at => new Date(at).toISOString());
  new Logger('gateway').warn({ event: 'was-away', from, until });
}

/** How long a stop waits for who is still reading an answer. */
const readingMs = 2_000;

/**
 * Doors first, then what came through them, then who is told of it, and the store last. A step that fails is logged,
 * and the others are taken all the same. @throws what the first failed step threw, once all are done.
 */
async function stop(app: NestFastifyApplication, cliToken: CliToken): Promise<void> {
  const server: Server = app.getHttpServer();
  const logger = new Logger('gateway');
  const failures: unknown[] = [];
  const step = async (name: string, take: () => unknown): Promise<void> => {
    try {
      await take();
    } catch (err) {
      failures.push(err);
      logger.error({ event: 'stop-failed', step: name, err });
    }
  };
  app.get(Readiness).isOpen = false;
  await step('http door', () => server.close());
  await step('certificates', () => app.get(SecureListener).close());
  await step('broker', () => app.get(Broker).stop());
  await step('ticks', () => app.get(Jobs).stopTicking());
  await step('intake', () => app.get(Intake).drain());
  await step('jobs', () => app.get(Jobs).stop());
  await step('streams', () => app.get(OpenStreams).endAll());
  const cut = setTimeout(() => server.closeAllConnections(), readingMs);
  await step('app and store', () => app.close());
  clearTimeout(cut);
  await step('token', () => cliToken.takeAway());
  logger.log({ event: 'stopped' });
  if (failures.length > 0) throw failures[0];
}

function logStart(dataFolder: string, ports: Ports, openFiles: number | null): void {
  new Logger('gateway').log({
    event: 'started',
    version,
    node: process.version,
    dataFolder,
    ...ports,
    openFiles,
  });
}

/** PUBLIC_URL, port 0 in it being the one that is listened on; or else where a phone in the same network finds this machine. */
class ChosenUrl extends PublicUrl {
  private origin: string;

  constructor(private readonly settings: Settings) {
    super();
    this.origin = this.withPort(settings.httpPort);
  }

  get href(): string {
    return this.origin;
  }

  get isChosen(): boolean {
    return this.settings.publicUrl !== null;
  }

  /** Tells the port, where the settings left it to the system. */
  listensAt(port: number): void {
    this.origin = this.withPort(port);
  }

  private withPort(port: number): string {
    const { publicUrl, httpHost } = this.settings;
    if (publicUrl === null) return reachableOrigin(httpHost, port);
    const url = new URL(publicUrl);
    if (url.port === '0') url.port = String(port);
    return url.origin;
  }
}

const everywhere: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '::1' };

function loopbackOf(host: string): string {
  return everywhere[host] ?? host;
}

function once<T>(work: () => Promise<T>): () => Promise<T> {
  let done: Promise<T> | undefined;
  return () => {
    done ??= work();
    return done;
  };
}

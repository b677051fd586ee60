// The NestJS application on Fastify: every door built in, and none of them open yet.
import fastifyCookie from '@fastify/cookie';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { DomainError } from '#domain/errors';
import { AppModule } from './app.module.js';
import type { Ground } from './ground.module.js';
import { serveOpenApi } from './http/openapi.js';
import { addSecurityHeaders, logRequests } from './http/request-hooks.js';
import { servePages } from './pages/pages.js';
import { systemCode } from './start-up/private-file.js';

/** Longest body of a request: a product with all its texts fits. */
const bodyBytes = 64 * 1024;
/** For a whole request to arrive. */
const requestMs = 30_000;
/** Longest value in a path: a scanned text that is looked up. */
const pathValueBytes = 300;

export async function makeApp(ground: Ground, dataFolder: string): Promise<NestFastifyApplication> {
  const { trustProxy } = ground.settings;
  const adapter = new FastifyAdapter({
    bodyLimit: bodyBytes,
    requestTimeout: requestMs,
    trustProxy: trustProxy.length > 0 ? trustProxy : false,
    exposeHeadRoutes: false,
    routerOptions: { maxParamLength: pathValueBytes },
  });
  const module = AppModule.forRoot(ground, dataFolder, ground.publicUrl.href);
  // The body is Fastify's own to read: JSON and nothing else.
  const options = { abortOnError: false, bodyParser: false };
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, options).catch(unopened);
  const http = adapter.getInstance();
  http.decorateRequest('caller', null);
  http.removeContentTypeParser('text/plain');
  unsubscribeByForm(http);
  addSecurityHeaders(http);
  logRequests(http);
  await app.register(fastifyCookie);
  serveOpenApi(app);
  await servePages(http);
  await app.init();
  return app;
}

/** A mail program that unsubscribes posts a form (RFC 8058); all that it has to say stands in the path. */
function unsubscribeByForm(http: FastifyInstance): void {
  const form = 'application/x-www-form-urlencoded';
  http.addContentTypeParser(form, { parseAs: 'string', bodyLimit: 1_024 }, (_, __, done) => done(null));
}

/** All that touches the world while the application is put together is the database. */
function unopened(error: unknown): never {
  const code = systemCode(error);
  if (code === undefined) throw error;
  throw new DomainError('storage-unavailable', { detail: `The database cannot be opened (${code}).` });
}

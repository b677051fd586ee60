// The pages: the built web app as files, and its index for every address that the app itself understands.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '#domain/errors';
import { sendProblem } from '../http/problem.filter.js';
import { packageRoot } from '../package-root.js';

/** Addresses of the web app; printed codes are upper case. */
const routes = [
  '/',
  '/d/:ticket',
  '/D/:ticket',
  '/sign-in',
  '/sign-in/:token',
  '/sign-up',
  '/welcome/:token',
  '/invitations/:token',
  '/homes/:homeId',
  '/homes/:homeId/plan',
  '/message/:token',
  '/devices',
  '/devices/:deviceId',
  '/alarms',
  '/alarms/:alarmId',
  '/settings',
  '/settings/reach',
  '/fleet',
];

const missing = `<!doctype html><meta charset="utf-8"><title>Airbind</title>
<p>The gateway runs, but its pages are not built. Build them with <code>npm run build</code> and start it again.</p>
<p>网关已在运行，但网页尚未构建。请运行 <code>npm run build</code>，然后重新启动。</p>
`;

/** Vite puts a hash of the content into these names. */
const hashedAsset = /\/assets\//;

export const builtPages = fileURLToPath(new URL('dist/web/', packageRoot));

/** @param folder of the built web app; it may not be there */
export async function servePages(http: FastifyInstance, folder = builtPages): Promise<void> {
  const index = readIndex(folder);
  const sendIndex = (status: number, reply: FastifyReply) =>
    reply
      .status(index === null ? 503 : status)
      .type('text/html; charset=utf-8')
      .header('cache-control', 'no-cache')
      .send(index ?? missing);

  if (index !== null) await http.register(fastifyStatic, filesIn(folder));
  for (const route of routes) http.get(route, (_, reply) => sendIndex(200, reply));
  http.get('/*', (request, reply) => {
    if (isNavigation(request)) return sendIndex(404, reply);
    sendProblem(reply, new DomainError('not-found'));
    return reply;
  });
}

/** A route for each file that is there, and no way from a path to any other. */
function filesIn(root: string): Parameters<typeof fastifyStatic>[1] {
  return {
    root,
    wildcard: false,
    index: false,
    cacheControl: false,
    setHeaders: (response, path) => {
      const age = hashedAsset.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache';
      response.setHeader('cache-control', age);
    },
  };
}

function readIndex(folder: string): string | null {
  try {
    return readFileSync(`${folder}/index.html`, 'utf8');
  } catch {
    return null;
  }
}

/** Somebody typed an address or followed a link; the app says in their language that there is nothing. */
function isNavigation({ url, headers }: FastifyRequest): boolean {
  return !url.startsWith('/api/') && (headers.accept ?? '').includes('text/html');
}

// The pages as a browser gets them.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type FastifyInstance, fastify } from 'fastify';
import { servePages } from './pages.js';

describe('the pages', () => {
  let folder: string;
  let http: FastifyInstance;
  let origin: string;

  async function serve(from: string): Promise<void> {
    http = fastify();
    await servePages(http, from);
    await http.listen({ port: 0, host: '127.0.0.1' });
    origin = `http://127.0.0.1:${(http.server.address() as AddressInfo).port}`;
  }

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'airbind-pages-'));
    await mkdir(join(folder, 'assets'));
    await writeFile(join(folder, 'index.html'), '<title>the app</title>');
    await writeFile(join(folder, 'assets', 'app-1a2b.js'), 'let app;');
    await writeFile(join(folder, 'icon.svg'), '<svg/>');
  });

  afterEach(async () => {
    await http.close();
    await rm(folder, { recursive: true });
  });

  const get = (path: string, accept = 'text/html') => fetch(origin + path, { headers: { accept } });

  it.each(['/', '/D/05RV1P5Q', '/d/05rv1p5q', '/sign-in', '/welcome/token', '/devices/x', '/alarms'])(
    'are the app at %s',
    async path => {
      await serve(folder);
      const response = await get(path);
      expect(response.status).toBe(200);
      expect(await response.text()).toContain('the app');
      expect(response.headers.get('cache-control')).toBe('no-cache');
    },
  );

  it('keep for ever what has a hash in its name, and ask again for the rest', async () => {
    await serve(folder);
    const asset = await get('/assets/app-1a2b.js');
    expect(await asset.text()).toBe('let app;');
    expect(asset.headers.get('cache-control')).toContain('immutable');
    expect((await get('/icon.svg')).headers.get('cache-control')).toBe('no-cache');
  });

  it('let the app say that an address is none', async () => {
    await serve(folder);
    const response = await get('/no/such/page');
    expect(response.status).toBe(404);
    expect(await response.text()).toContain('the app');
  });

  it.each(['/api/v1/nothing', '/assets/none.js'])('answer a program with a problem at %s', async path => {
    await serve(folder);
    const response = await get(path, path.startsWith('/api/') ? 'text/html' : '*/*');
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ code: 'not-found' });
  });

  it('give nothing from outside their folder', async () => {
    await writeFile(join(folder, '..', 'airbind-outside.txt'), 'outside');
    await serve(folder);
    for (const path of [
      '/../airbind-outside.txt',
      '/%2e%2e/airbind-outside.txt',
      '/..%2fairbind-outside.txt',
    ]) {
      const response = await get(path, '*/*');
      expect(await response.text()).not.toContain('outside');
    }
    await rm(join(folder, '..', 'airbind-outside.txt'));
  });

  it('say what to do when they were not built', async () => {
    await serve(join(folder, 'nowhere'));
    const response = await get('/');
    expect(response.status).toBe(503);
    expect(await response.text()).toContain('npm run build');
  });
});

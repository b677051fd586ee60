// The live stream over real HTTP: who hears what, and when it ends.
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { apiPrefix, streams } from '#codecs/api';
import { LiveFeed } from '#domain/notices';
import { resident, startTestGateway, type TestCaller, type TestGateway } from '../gateway.fixture.js';

/** Reads a stream until its text has what is waited for; resolves to what it has read, also when it ends before. */
class Reader {
  private text = '';
  private readonly reader: ReadableStreamDefaultReader<string>;

  constructor(response: Response) {
    if (!response.body) throw new Error('there is no stream');
    this.reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  }

  async until(part: string): Promise<string> {
    while (!this.text.includes(part)) {
      const { done, value } = await this.reader.read();
      if (done) break;
      // What is long past is forgotten; what is waited for is shorter than this.
      this.text = (this.text + value).slice(-200_000);
    }
    return this.text;
  }

  /** Resolves when the gateway ends the stream. */
  async end(): Promise<void> {
    while (!(await this.reader.read()).done);
  }
}

describe('the live stream', () => {
  let gateway: TestGateway;
  let ada: TestCaller;
  let accountId: string;

  beforeAll(async () => {
    gateway = await startTestGateway();
    ada = await resident(gateway);
    accountId = (await ada.call('currentSession')).account.id;
  });

  afterAll(() => gateway.close());

  const open = (caller: TestCaller) =>
    fetch(gateway.url + apiPrefix + streams.events, { headers: { authorization: `Bearer ${caller.token}` } });

  const publish = (until: number, to = accountId) =>
    gateway.app.get(LiveFeed).publish(to, { name: 'window', data: { deviceId: 'lamp', until } });

  it('says what it is, and is kept by nobody on the way', async () => {
    const response = await open(ada);
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    await response.body?.cancel();
  });

  it('tells its person what happens, and nobody else', async () => {
    const other = await resident(gateway, 'other@example.org');
    const [hers, theirs] = [new Reader(await open(ada)), new Reader(await open(other))];
    await Promise.all([hers.until('id: '), theirs.until('id: ')]);
    publish(1);
    expect(await hers.until('"until":1')).toContain('event: window\ndata: {"deviceId":"lamp","until":1}\n\n');
    publish(2, (await other.call('currentSession')).account.id);
    expect(await theirs.until('"until":2')).not.toContain('"until":1');
  });

  it('ends when its session is ended', async () => {
    const leaving = await resident(gateway, 'leaving@example.org');
    const reader = new Reader(await open(leaving));
    await reader.until('id: ');
    await leaving.call('signOut');
    await reader.end();
    expect((await leaving.raw('currentSession')).status).toBe(401);
  });

  it('cuts off a reader who does not read, and goes on for the others', async () => {
    const reading = new Reader(await open(ada));
    await reading.until('id: ');
    const { hostname, port } = new URL(gateway.url);
    const deaf = connect(Number(port), hostname);
    deaf.write(
      `GET ${apiPrefix}${streams.events} HTTP/1.1\r\nhost: ${hostname}\r\nauthorization: Bearer ${ada.token}\r\n\r\n`,
    );
    await new Promise(resolve => deaf.once('readable', resolve));
    let isCut = false;
    deaf
      .once('error', () => {})
      .once('close', () => {
        isCut = true;
      });
    const deviceId = 'x'.repeat(64 * 1024);
    // One event at a time, so that who reads is never behind; the other's buffers fill up on the way.
    for (let until = 1; until <= 300; until++) {
      gateway.app.get(LiveFeed).publish(accountId, { name: 'window', data: { deviceId, until } });
      await reading.until(`"until":${until}}`);
    }
    deaf.resume();
    await new Promise<void>(resolve => (isCut ? resolve() : deaf.once('close', () => resolve())));
    publish(301);
    expect(await reading.until('"until":301}')).toContain('"until":301}');
  });

  it('ends when the gateway stops', async () => {
    const second = await startTestGateway();
    const person = await resident(second);
    const response = await fetch(second.url + apiPrefix + streams.events, {
      headers: { authorization: `Bearer ${person.token}` },
    });
    const reader = new Reader(response);
    await reader.until('id: ');
    await Promise.all([second.close(), reader.end()]);
    await expect(fetch(second.url)).rejects.toThrow();
  });
});

// What Prometheus gets of a running gateway: who gets it, what its page says it is, and that nobody's name stands in it.
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connectAsync } from 'mqtt';
import { topicOf } from '#codecs/wire';
import { makeLamps, resident, startTestGateway, TestCaller, type TestGateway } from '../gateway.fixture.js';
import { packageRoot } from '../package-root.js';

const scraperToken = 'a-token-for-the-scraper-alone';

interface Sample {
  readonly name: string;
  readonly labels: string;
  readonly value: number;
}

describe('/metrics', () => {
  let gateway: TestGateway;
  let lamp: { readonly id: string; readonly secret: string };

  beforeAll(async () => {
    gateway = await startTestGateway({ METRICS_TOKEN: scraperToken });
    const [made] = await makeLamps(gateway);
    if (!made) throw new Error('no device was made');
    lamp = made;
    const device = await connectAsync(`mqtt://127.0.0.1:${gateway.mqttPort}`, {
      ...{ clientId: lamp.id, username: lamp.id, password: lamp.secret, reconnectPeriod: 0 },
    });
    const say = (payload: string) => device.publishAsync(topicOf(lamp.id, 'event'), payload, { qos: 1 });
    await say('{"boot":1,"seq":1,"event":"button"}');
    await say('{"boot":1,"seq":1,"event":"button"}');
    await say('no JSON');
    await device.endAsync();
    await connectAsync(`mqtt://127.0.0.1:${gateway.mqttPort}`, {
      ...{ clientId: lamp.id, username: lamp.id, password: 'wrong', reconnectPeriod: 0 },
    }).catch(() => undefined);
  });

  afterAll(() => gateway.close());

  const ask = (token?: string) =>
    fetch(`${gateway.url}/metrics`, {
      headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    });

  async function samples(): Promise<Sample[]> {
    const text = await (await ask(scraperToken)).text();
    return text
      .split('\n')
      .filter(line => line !== '' && !line.startsWith('#'))
      .map(line => {
        const [, name = '', labels = '', value] = /^(\w+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
        return { name, labels, value: Number(value) };
      });
  }

  const sampleOf = async (name: string, labels = '') =>
    (await samples()).find(sample => sample.name === name && sample.labels === labels)?.value;

  it('are closed to strangers and residents, and open to operators and the scraper', async () => {
    const someone = await resident(gateway);
    expect([
      (await ask()).status,
      (await ask('a-token-of-nobody-at-all')).status,
      (await ask(someone.token)).status,
      (await ask(gateway.cliToken)).status,
      (await ask(scraperToken)).status,
    ]).toEqual([401, 401, 404, 200, 200]);
  });

  it('are all that the scraper’s token opens', async () => {
    expect((await new TestCaller(gateway.url, scraperToken).raw('status')).status).toBe(401);
  });

  it('count what was said, told twice, not understood and refused', async () => {
    expect(await sampleOf('airbind_messages_received_total')).toBe(3);
    expect(await sampleOf('airbind_inputs_total', 'outcome="duplicate"')).toBe(1);
    expect(await sampleOf('airbind_dead_letters_total')).toBe(1);
    expect(await sampleOf('airbind_refusals_total', 'reason="credentials"')).toBe(1);
    expect(await sampleOf('airbind_messages_unanswered')).toBe(0);
    expect(await sampleOf('airbind_store_down')).toBe(0);
    expect(await sampleOf('airbind_deliveries_due')).toBe(0);
    expect(await sampleOf('airbind_logins_total')).toBe(1);
  });

  it('have histograms whose buckets rise to their count', async () => {
    for (const name of ['airbind_batch_inputs', 'airbind_commit_duration_seconds']) {
      const all = await samples();
      const buckets = all.filter(sample => sample.name === `${name}_bucket`).map(({ value }) => value);
      expect(buckets).toEqual([...buckets].sort((a, b) => a - b));
      const count = all.find(sample => sample.name === `${name}_count`)?.value ?? 0;
      expect(count).toBeGreaterThanOrEqual(3);
      expect(buckets.at(-1)).toBe(count);
    }
  });

  it('are the same when asked again: a scrape counts nothing itself', async () => {
    const of = async () =>
      (await samples()).filter(({ name }) => /^airbind_(messages|inputs|refusals)/.test(name));
    expect(await of()).toEqual(await of());
  });

  it('are those that their page lists, with the same words', async () => {
    const text = await (await ask(scraperToken)).text();
    const own = [...text.matchAll(/^# HELP (airbind_\w+) (.*)\n# TYPE \S+ (\w+)$/gm)];
    const page = await readFile(new URL('docs/metrics.md', packageRoot), 'utf8');
    const listed = [...page.matchAll(/^\| `(airbind_\w+)` \| (\w+) \| .* \| (.*) \|$/gm)];
    expect(own.map(([, name, help, type]) => [name, type, help]).sort()).toEqual(
      listed.map(([, name, type, help]) => [name, type, help]).sort(),
    );
  });

  it('hold no name of a device, a person or an address', async () => {
    const text = await (await ask(scraperToken)).text();
    for (const name of [lamp.id, 'resident@example.org', '127.0.0.1', 'v1/devices'])
      expect(text).not.toContain(name);
  });

  it('show the event loop as status does', async () => {
    const { now } = await new TestCaller(gateway.url, gateway.cliToken).call('status');
    expect(now).toMatchObject({ isStoreDown: false, unanswered: 0, deliveriesDue: 0 });
    expect((await sampleOf('airbind_event_loop_longest_block_seconds')) ?? -1).toBeGreaterThanOrEqual(0);
  });
});

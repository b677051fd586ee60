// `devices watch` against a real HTTP server: readable lines, JSON lines, and what a refusal says.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Trace } from '#codecs/api';
import { type PretendGateway, pretendGateway } from '../gateway.fixture.js';
import { typed } from '../typed.fixture.js';

const token = 'a-token-that-is-good-enough';
const at = 1_763_726_400_123;
const topic = 'v1/devices/D1/telemetry';

const traces: readonly Trace[] = [
  { what: 'login', at, isGranted: true, address: '192.0.2.7' },
  { what: 'packet', at, topic, qos: 1, bytes: 84, retain: false, dup: true },
  { what: 'decision', at, outcome: 'malformed', kind: 'telemetry', detail: 'seq: \u001b[31mis missing' },
  { what: 'alarm', at, alarmId: 'A1', rule: 'leak', step: 'raised', value: 14 },
  { what: 'answer', at, topic, verdict: 'malformed', afterMs: 1.5 },
  { what: 'refusal', at, reason: 'rate' },
  { what: 'gone', at, leftWill: true },
];

describe('devices watch', () => {
  let gateway: PretendGateway;
  const asked: string[] = [];

  beforeAll(async () => {
    gateway = await pretendGateway(token);
    gateway.otherwise((request, response) => {
      asked.push(`${request.url} ${request.headers.authorization}`);
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('retry: 1000\n\n: alive\n\n');
      const events = traces.map(trace => `event: trace\ndata: ${JSON.stringify(trace)}\n\n`).join('');
      // In two pieces that end in the middle of an event.
      response.write(events.slice(0, 200));
      setImmediate(() => response.end(events.slice(200)));
    });
  });

  afterAll(() => gateway.close());

  const watch = (...options: string[]) =>
    typed(['devices', 'watch', 'D1', ...options], {
      environment: { AIRBIND_URL: gateway.url, AIRBIND_TOKEN: token },
    });

  it('prints a line for each thing that happens, and drives no terminal', async () => {
    const { status, out, err } = await watch();
    expect(status).toBe(0);
    expect(asked).toEqual([`/api/v1/devices/D1/watch Bearer ${token}`]);
    const lines = out.trimEnd().split('\n');
    expect(lines).toHaveLength(traces.length);
    for (const [i, words] of [
      'login     granted, from 192.0.2.7',
      `packet    ${topic}, QoS 1, 84 bytes, sent again`,
      'decision  telemetry: malformed (seq: \ufffd[31mis missing)',
      'alarm     leak: raised at 14, alarm A1',
      'answer    malformed after 1.5 ms',
      'refusal   rate',
      'gone      vanished, and left a will',
    ].entries())
      expect(lines[i]).toMatch(
        new RegExp(`^\\d\\d:\\d\\d:\\d\\d.\\d{3}  ${words.replace(/[[\]().]/g, '\\$&')}$`),
      );
    expect(err).toContain('ended');
  });

  it('prints a JSON document a line with --json', async () => {
    const { out } = await watch('--json');
    expect(
      out
        .trimEnd()
        .split('\n')
        .map(line => JSON.parse(line)),
    ).toEqual(traces);
  });
});

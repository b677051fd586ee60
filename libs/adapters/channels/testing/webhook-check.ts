// A webhook's receiver: checks the signature as docs/webhooks.md tells receivers to.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { type Call, type Check, must } from './strict-server.js';

export function webhookCheck(secret: string, nowMs: () => number): Check {
  return ({ method, headers, body }: Call) => {
    must(method === 'POST', 'not a POST');
    must(headers['content-type'] === 'application/cloudevents+json; charset=utf-8', 'not a CloudEvent');
    must(isGenuine(body.toString(), String(headers['airbind-signature']), secret, nowMs()), 'forged');
    const { id } = JSON.parse(body.toString());
    must(id === headers['airbind-delivery'], 'two ids');
    return id;
  };
}

function isGenuine(body: string, header: string, secret: string, nowMs: number): boolean {
  const { t, v1 = '' } = Object.fromEntries(header.split(',').map(part => part.split('=')));
  const expected = createHmac('sha256', secret).update(`${t}.${body}`).digest();
  const given = Buffer.from(v1, 'hex');
  const isRecent = Math.abs(nowMs / 1000 - Number(t)) < 300;
  return isRecent && given.length === expected.length && timingSafeEqual(given, expected);
}

// From the publish of a gas reading to the first byte on each channel, one alarm after the other on a quiet gateway.
import { createECDH, randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { sqliteBinding } from '#adapters/storage';
import type { Body, ChannelKind, Product } from '#codecs/api';
import type { ChannelAlarmsResult, FarEnds } from '../load/far-ends.js';
import { LoadProcess } from '../load/load-process.js';
import type { Caller } from '../world/caller.js';
import { GatewayProgram } from '../world/gateway-program.js';
import { boundDevices, resident } from '../world/household.js';

export type ChannelLatencies = Readonly<Record<ChannelKind, ChannelAlarmsResult>>;

/** A robot of WeCom takes 20 messages a minute. */
const alarmsOfPerson = 15;
const patienceMs = 15_000;

type Way = (farEnds: FarEnds, place: number) => Body<'addEndpoint'>;

/** A person has one way alone, which so is their first. */
const ways: Readonly<Record<ChannelKind, Way>> = {
  webhook: ({ http }) => ({ channel: 'webhook', url: `${http}/hook`, name: '' }),
  mail: (_, place) => ({ channel: 'mail', address: `mail-${place}@example.org`, name: '' }),
  ntfy: ({ http }, place) => ({ channel: 'ntfy', url: `${http}/topic-${place}`, name: '' }),
  wecom: ({ http }) => ({ channel: 'wecom', url: `${http}/robot?key=${randomUUID()}`, name: '' }),
  'web-push': ({ http }, place) => ({
    channel: 'web-push',
    url: `${http.replace('http:', 'https:')}/push/${place}`,
    p256dh: createECDH('prime256v1').generateKeys('base64url'),
    auth: randomBytes(16).toString('base64url'),
    name: '',
  }),
};

/** @param count of alarms on each channel */
export async function measureChannels(
  folder: string,
  product: Product,
  count: number,
): Promise<ChannelLatencies> {
  const load = new LoadProcess();
  const farEnds = await load.run('openFarEnds', null);
  const gateway = await GatewayProgram.start(folder, {
    WEBHOOK_ALLOW_PRIVATE: 'true',
    SMTP_URL: `smtp://127.0.0.1:${farEnds.smtp}`,
    MAIL_FROM: 'Airbind <alarms@example.org>',
  });
  const measured = async (kind: ChannelKind): Promise<ChannelAlarmsResult> => {
    const owners = await reachedOnlyBy(kind, gateway, farEnds, Math.ceil(count / alarmsOfPerson));
    leaveReady(folder);
    const devices = await boundDevices(gateway, product, count, owners);
    const clients = devices.map(({ id, secret }) => ({ clientId: id, username: id, password: secret }));
    return load.run('channelAlarms', { port: gateway.mqttPort, clients, patienceMs });
  };
  const latencies: ChannelLatencies = {
    webhook: await measured('webhook'),
    ntfy: await measured('ntfy'),
    wecom: await measured('wecom'),
    'web-push': await measured('web-push'),
    mail: await measured('mail'),
  };
  await Promise.all([gateway.program.stop(), load.program.stop()]);
  return latencies;
}

async function reachedOnlyBy(
  kind: ChannelKind,
  gateway: GatewayProgram,
  farEnds: FarEnds,
  count: number,
): Promise<Caller[]> {
  const people: Caller[] = [];
  for (let i = 0; i < count; i++) {
    const person = await resident(gateway, `${kind}-${i}`);
    await person.call('addEndpoint', { body: ways[kind](farEnds, i) });
    people.push(person);
  }
  return people;
}

/** As if the link in the mail had been followed; and push goes over http, so that no certificate is needed. */
function leaveReady(folder: string): void {
  const database = new (sqliteBinding())(join(folder, 'airbind.db'));
  database.exec(`UPDATE endpoints SET confirmed_at = created_at WHERE confirmed_at IS NULL;
    UPDATE endpoints SET address = replace(address, 'https:', 'http:') WHERE channel = 'web-push'`);
  database.close();
}

// The crash soak: a real gateway under load is killed at random moments, started again, and held to its word.
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import mqtt, { type MqttClient } from 'mqtt';
import { sqliteBinding } from '#adapters/storage';
import type { MadeDevice } from '#codecs/api';
import { topicOf } from '#codecs/wire';
import { closing, progress } from '../report.js';
import type { Caller } from '../world/caller.js';
import { inFolder } from '../world/folder.js';
import { GatewayProgram } from '../world/gateway-program.js';
import { boundDevices, byPin, resident } from '../world/household.js';
import { brokenWords, type Kept, type Spoken } from './checker.js';

const devicesAtOnce = 4;
const messagesOfDevice = 400;
/** Messages of a device that wait for their PUBACK: few enough that a kill meets it in the middle. */
const inFlight = 10;
const mostLifeMs = 800;
const boot = 1;

const unhurried = { MQTT_MESSAGES_PER_S: '1000000', MQTT_BURST: '1000000' };
/** Silence would raise alarms of its own while the soak goes on. */
const product = byPin('gas-sensor', {
  rules: byPin('gas-sensor').rules.filter(({ kind }) => kind === 'gas'),
});

export interface CrashReport {
  readonly kills: number;
  readonly seed: number;
  readonly acknowledged: number;
  readonly alarms: number;
  /** Kills that met a device between its first message and its last. */
  readonly inTheMiddle: number;
  readonly brokenWords: readonly string[];
}

interface Life extends Spoken {
  readonly made: MadeDevice;
  readonly acknowledged: Set<number>;
}

/** @param planted a module that is loaded before the gateway and breaks it: a fault for this soak to find */
export async function soakCrash(
  kills: number,
  seed: number,
  folder: string,
  planted: string | null = null,
): Promise<CrashReport> {
  const flags = planted === null ? [] : ['--import', planted];
  const draw = drawsOf(seed);
  const broken: string[] = [];
  let gateway = await GatewayProgram.start(folder, unhurried, flags);
  const owner = await resident(gateway, 'lan');
  let [acknowledged, inTheMiddle] = [0, 0];
  try {
    for (let kill = 1; kill <= kills; kill++) {
      const lives = await beginLives(gateway, owner, draw);
      const lifeMs = draw() * mostLifeMs;
      // One at least meets what was acknowledged a moment ago, however slow the machine.
      await speakUntilKilled(gateway, lives, kill === 1 ? () => acknowledgedOne(lives) : () => delay(lifeMs));
      acknowledged += lives.reduce((sum, life) => sum + life.acknowledged.size, 0);
      const isCut = lives.some(
        life => life.acknowledged.size > 0 && life.acknowledged.size < messagesOfDevice,
      );
      if (isCut) inTheMiddle++;
      gateway = await GatewayProgram.start(folder, unhurried, flags);
      broken.push(...brokenWords(lives, keptIn(folder)).map(fault => `kill ${kill}: ${fault}`));
      // What was not acknowledged is sent again, and all the rest with it: nothing may be doubled.
      await Promise.all(lives.map(life => speak(gateway, life)));
      const after = brokenWords(lives, keptIn(folder));
      const missing = lives.filter(({ acknowledged: { size } }) => size < messagesOfDevice);
      broken.push(...after.map(fault => `after kill ${kill}: ${fault}`));
      broken.push(
        ...missing.map(({ deviceId }) => `after kill ${kill}: ${deviceId} is not heard to its end`),
      );
      if (kill % 10 === 0)
        progress(`${kill} kills, ${acknowledged} acknowledged, ${broken.length} broken words`);
    }
    return {
      kills,
      seed,
      acknowledged,
      alarms: keptIn(folder).alarms.length,
      inTheMiddle,
      brokenWords: broken,
    };
  } finally {
    await gateway.program.kill();
  }
}

async function beginLives(gateway: GatewayProgram, owner: Caller, draw: () => number): Promise<Life[]> {
  const session = owner.at(gateway.url);
  const devices = await boundDevices(gateway, product, devicesAtOnce, [session]);
  return devices.map(made => ({
    made,
    deviceId: made.id,
    alarmAt: Math.floor(draw() * messagesOfDevice),
    acknowledged: new Set<number>(),
  }));
}

async function speakUntilKilled(
  gateway: GatewayProgram,
  lives: readonly Life[],
  dueToDie: () => Promise<unknown>,
): Promise<void> {
  const ends = lives.map(life => speak(gateway, life).catch(() => {}));
  await Promise.race([dueToDie(), Promise.all(ends)]);
  await gateway.program.kill();
  await Promise.all(ends);
}

async function acknowledgedOne(lives: readonly Life[]): Promise<void> {
  while (lives.every(({ acknowledged }) => acknowledged.size === 0)) await delay(1);
}

/** All messages of a device in order on one connection; resolves when all are acknowledged or the connection is over. */
async function speak(gateway: GatewayProgram, { made, alarmAt, acknowledged }: Life): Promise<void> {
  const client = await connect(gateway, made);
  const over = new Promise<void>(resolve => client.once('close', () => resolve()));
  const topic = topicOf(made.id, 'telemetry');
  let next = 0;
  const lane = async () => {
    while (next < messagesOfDevice) {
      const seq = next++;
      const body = { boot, seq, values: { 'gas.lel': 1 }, bits: { 'gas.alarm': seq >= alarmAt } };
      await client.publishAsync(topic, JSON.stringify(body), { qos: 1 });
      acknowledged.add(seq);
    }
  };
  const said = Array.from({ length: inFlight }, lane);
  await Promise.race([Promise.allSettled(said), over]);
  await client.endAsync(true);
}

async function connect(gateway: GatewayProgram, { id, secret }: MadeDevice): Promise<MqttClient> {
  const identity = { clientId: id, username: id, password: secret, reconnectPeriod: 0 };
  const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${gateway.mqttPort}`, identity, false);
  client.on('error', () => {});
  return client;
}

/** Read beside the gateway that writes it. */
function keptIn(folder: string): Kept {
  const database = new (sqliteBinding())(`${folder}/airbind.db`, { readonly: true });
  const all = (sql: string) => database.prepare(sql).all() as never;
  try {
    return {
      inputs: all(
        // As they were said: a row may hold several.
        `SELECT inputs.device_id AS deviceId, json_extract(said.value, '$.seq') AS seq
         FROM inputs, json_each(CASE json_type(inputs.body) WHEN 'array' THEN inputs.body ELSE json_array(json(inputs.body)) END) said
         WHERE inputs.kind = 'telemetry' ORDER BY inputs.id, said.key`,
      ),
      alarms: all('SELECT id, device_id AS deviceId FROM alarms'),
      notices: all('SELECT id, subject_id AS alarmId, step FROM notices'),
    };
  } finally {
    database.close();
  }
}

/** Xorshift: the same seed, the same moments and alarms; what the kernel does between is its own. */
function drawsOf(seed: number): () => number {
  let state = Math.imul(seed + 1, 0x9e3779b1) | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/** `npm run soak:crash [-- --kills 200 --seed 1]` */
export async function soakCrashCommand(words: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...words],
    options: {
      kills: { type: 'string', default: '200' },
      seed: { type: 'string', default: '1' },
      planted: { type: 'string' },
    },
  });
  const report = await inFolder(folder =>
    soakCrash(Number(values.kills), Number(values.seed), `${folder}/data`, values.planted ?? null),
  );
  closing('crash-soak', { ...report });
  return report.brokenWords.length === 0 ? 0 : 1;
}

// A fleet: very many devices that log in, subscribe, report once an interval, and come back when they are cut off.
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from './client.js';
import { stamp, telemetryPacket } from './message.js';
import type { Identity } from './packets.js';

export interface StormOrder {
  readonly port: number;
  readonly clients: readonly Identity[];
  /** Beside those that are there already; otherwise they are a fleet of their own. */
  readonly joins?: boolean;
  /** Connects under way at one moment. */
  readonly atOnce: number;
  readonly filtersOf: Readonly<Record<string, readonly string[]>> | null;
}

export interface StormResult {
  readonly connected: number;
  readonly refused: number;
  readonly elapsedMs: number;
  readonly cpuMs: number;
}

export interface ReturnResult {
  readonly connected: number;
  /** From the first connection that was lost until the last was back; null when some are missing. */
  readonly outageMs: number | null;
  /** From the first login that was accepted again until the last. */
  readonly returnMs: number | null;
  readonly attempts: number;
}

/** A home's router and its devices: more than so many come from one address at no gateway. */
const perAddress = 180;
/** What a device waits before it tries again, at random in between. */
const backoffMs = { least: 500, most: 3_000 } as const;
const keepAliveS = 300;

class Member {
  client: Client | null = null;
  private readonly packet;
  private said = 0;

  constructor(
    private readonly port: number,
    private readonly identity: Identity,
    place: number,
    private readonly filters: readonly string[],
    boot: number,
  ) {
    this.packet = telemetryPacket(identity.clientId, boot);
    this.localAddress = `127.0.1.${1 + Math.floor(place / perAddress)}`;
  }

  private readonly localAddress: string;

  /** @throws when the broker is not there or refuses. */
  async logIn(): Promise<void> {
    const { port, identity, localAddress } = this;
    const client = await Client.connect({ ...identity, port, localAddress, keepAliveS });
    if (this.filters.length > 0) await client.subscribe(this.filters);
    this.client = client;
  }

  report(): void {
    if (!this.client) return;
    const bytes = Buffer.from(this.packet.bytes);
    stamp(bytes, 0, this.packet.places, this.said++, Date.now());
    this.client.write(bytes);
  }
}

class Fleet {
  members: Member[] = [];
  acknowledged = 0;
  attempts = 0;
  lostAt: number | null = null;
  firstBackAt: number | null = null;
  lastBackAt: number | null = null;
  private reporting: NodeJS.Timeout | null = null;
  private isScattered = false;

  /** @param boot of its devices: one that came with an earlier fleet begins to count anew, and is not heard twice */
  constructor(readonly boot: number) {}

  get connected(): number {
    return this.members.filter(({ client }) => client !== null).length;
  }

  async storm({ port, clients, atOnce, filtersOf }: StormOrder): Promise<StormResult> {
    const { length } = this.members;
    const newcomers = clients.map(
      (one, i) => new Member(port, one, length + i, filtersOf?.[one.clientId] ?? [], this.boot),
    );
    this.members = [...this.members, ...newcomers];
    const began = performance.now();
    const cpu = process.cpuUsage();
    let next = 0;
    let refused = 0;
    const worker = async () => {
      for (let member = newcomers[next++]; member; member = newcomers[next++]) {
        await this.enter(member).catch(() => {
          refused += 1;
        });
      }
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
    const { user, system } = process.cpuUsage(cpu);
    const elapsedMs = performance.now() - began;
    const connected = newcomers.filter(({ client }) => client !== null).length;
    return { connected, refused, elapsedMs, cpuMs: (user + system) / 1000 };
  }

  /** Each device once in the interval, spread evenly over it. */
  report(intervalMs: number): void {
    if (this.reporting) clearInterval(this.reporting);
    const began = performance.now();
    let done = 0;
    this.reporting = setInterval(() => {
      const due = ((performance.now() - began) / intervalMs) * this.members.length;
      for (; done < due; done++) this.members[done % this.members.length]?.report();
    }, 20);
  }

  scatter(): void {
    this.isScattered = true;
    if (this.reporting) clearInterval(this.reporting);
    for (const { client } of this.members) client?.socket.destroy();
  }

  private async enter(member: Member): Promise<void> {
    await member.logIn();
    const { client } = member;
    if (!client) return;
    client.onAcknowledged = count => {
      this.acknowledged += count;
    };
    client.onClose = () => {
      member.client = null;
      this.lostAt ??= performance.now();
      if (!this.isScattered) void this.comeBack(member);
    };
    if (this.lostAt === null) return;
    this.firstBackAt ??= performance.now();
    this.lastBackAt = performance.now();
  }

  private async comeBack(member: Member): Promise<void> {
    while (!this.isScattered) {
      await delay(backoffMs.least + Math.random() * (backoffMs.most - backoffMs.least));
      this.attempts += 1;
      const isBack = await this.enter(member).then(
        () => true,
        () => false,
      );
      if (isBack) return;
    }
  }
}

let present = new Fleet(1);

export async function storm(order: StormOrder): Promise<StormResult> {
  if (!order.joins) present = new Fleet(present.boot + 1);
  return present.storm(order);
}

export async function report({ intervalMs }: { readonly intervalMs: number }): Promise<null> {
  present.report(intervalMs);
  return null;
}

/** Messages acknowledged so far. */
export const acknowledged = async (_: null): Promise<number> => present.acknowledged;

/** Resolves when every device is back, or when patience ends. */
export async function whenAllAreBack({ patienceMs }: { readonly patienceMs: number }): Promise<ReturnResult> {
  const fleet = present;
  const end = performance.now() + patienceMs;
  const isWhole = () => fleet.lostAt !== null && fleet.connected === fleet.members.length;
  while (!isWhole() && performance.now() < end) await delay(20);
  const { lostAt, firstBackAt, lastBackAt, connected, attempts } = fleet;
  const whole = isWhole() && lostAt !== null && firstBackAt !== null && lastBackAt !== null;
  return {
    connected,
    outageMs: whole ? lastBackAt - lostAt : null,
    returnMs: whole ? lastBackAt - firstBackAt : null,
    attempts,
  };
}

export async function scatter(_: null): Promise<null> {
  present.scatter();
  // What was closed here is gone on the other side a little later.
  await delay(1_000);
  return null;
}

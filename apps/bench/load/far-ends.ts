// The far ends of every channel, and alarms one after the other: how long until the first byte of each is there.
import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import type { RaisersOrder } from './alarms.js';
import { connected } from './alarms.js';

export interface FarEnds {
  /** Of whatever takes messages over HTTP. */
  readonly http: string;
  /** Port of the mail server. */
  readonly smtp: number;
}

export interface ChannelAlarmsOrder extends RaisersOrder {
  /** How long is waited for each. */
  readonly patienceMs: number;
}

export interface ChannelAlarmsResult {
  /** From publish to first byte, of the alarms that came. */
  readonly latenciesMs: readonly number[];
  readonly missing: number;
}

/** The message that is waited for; there is never more than one on its way. */
let firstByteAt: number | null = null;
let taken: () => void = () => {};

function heard(): void {
  firstByteAt ??= performance.now();
}

export async function openFarEnds(_: null): Promise<FarEnds> {
  const [http, smtp] = await Promise.all([portOf(httpFarEnd()), portOf(createTcpServer(speakSmtp))]);
  return { http: `http://127.0.0.1:${http}`, smtp };
}

/** Each device raises one alarm, the next when the last has arrived. */
export async function channelAlarms({
  port,
  clients,
  patienceMs,
}: ChannelAlarmsOrder): Promise<ChannelAlarmsResult> {
  const latenciesMs: number[] = [];
  for (const identity of clients) {
    const raiser = await connected(port, identity);
    const arrived = arrival(patienceMs);
    raiser.raise();
    const at = await arrived;
    if (at !== null) latenciesMs.push(at - raiser.saidAt);
  }
  return { latenciesMs, missing: clients.length - latenciesMs.length };
}

/** Resolves when the next message is taken as a whole, to the moment of its first byte; null: none came in time. */
function arrival(patienceMs: number): Promise<number | null> {
  firstByteAt = null;
  return new Promise(resolve => {
    const patience = setTimeout(() => resolve(null), patienceMs);
    taken = () => {
      clearTimeout(patience);
      resolve(firstByteAt);
    };
  });
}

/** One answer for all: WeCom's robots say it in the body, the others read the status alone. */
function httpFarEnd(): Server {
  return createHttpServer((request, response) => {
    // A request is handed over with its first bytes, before its body.
    heard();
    request.resume().on('end', () => {
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"errcode":0,"errmsg":"ok"}');
      taken();
    });
  });
}

/** As much of RFC 5321 as it takes to be given a mail. */
function speakSmtp(socket: Socket): void {
  let isMail = false;
  let unread = '';
  const say = (line: string) => socket.write(`${line}\r\n`);
  say('220 far end');
  socket.setEncoding('latin1').on('error', () => {});
  socket.on('data', (text: string) => {
    heard();
    unread += text;
    for (let end = unread.indexOf('\r\n'); end >= 0; end = unread.indexOf('\r\n')) {
      const line = unread.slice(0, end);
      unread = unread.slice(end + 2);
      if (!isMail) {
        isMail = line.toUpperCase() === 'DATA';
        say(isMail ? '354 go on' : '250 ok');
      } else if (line === '.') {
        isMail = false;
        say('250 taken');
        taken();
      }
    }
  });
}

async function portOf(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

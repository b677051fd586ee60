// What Aedes is given of a connection: a client whose login is through, without what nobody needs of it here.
import type { Duplex } from 'node:stream';
import type { Aedes, Client } from 'aedes';
import type { Connect } from './connect-packet.js';

interface ListOfBytes {
  readonly constructor: { readonly BufferList: new () => ListOfBytes };
}

/** Of Aedes 1.2, `lib/client.js` and `lib/handlers/connect.js`, and of its mqtt-packet 9, `parser.js`. */
interface Inside {
  id: string;
  clean: boolean;
  version: number;
  connected: boolean;
  connackSent: boolean;
  _connectTimer: NodeJS.Timeout | null;
  subscriptions: object;
  duplicates: object;
  deliver0: () => void;
  deliverQoS: () => void;
  readonly _parser: { _list: ListOfBytes; settings: { readonly protocolVersion?: number } };
}

/** Takes whatever is put in, and has nothing. */
const oblivion: object = new Proxy(Object.freeze(Object.create(null)), { set: () => true });
const never = () => {};

/** What a parser needs to know of a CONNECT, one for all clients of a level. */
const levels = new Map<number, Inside['_parser']['settings']>();

/**
 * Aedes never sees a CONNECT: its own way from there to the CONNACK cost more than all the rest of a login
 * (docs/performance.md), and knew nothing that the desk does not. Its client is made to be as it would be after it.
 * Nothing is ever delivered through Aedes (docs/adr/0002): what a client listens to is known to its mailbox. And a list of
 * bytes need not be a stream.
 */
export function clientOf(aedes: Aedes, stream: Duplex, { clientId, isClean, level }: Connect): Client {
  const client = aedes.handle(stream);
  const inside = client as unknown as Inside;
  if (inside._connectTimer) clearTimeout(inside._connectTimer);
  inside._connectTimer = null;
  inside.id = clientId;
  inside.clean = isClean;
  inside.version = level;
  inside.connected = true;
  inside.connackSent = true;
  inside.subscriptions = oblivion;
  inside.duplicates = oblivion;
  inside.deliver0 = never;
  inside.deliverQoS = never;
  const { _parser: parser } = inside;
  parser._list = new parser._list.constructor.BufferList();
  parser.settings = settingsOf(level);
  // What it keeps for packets that come before the CONNACK is not needed.
  client.emit('connected');
  return client;
}

function settingsOf(level: number): Inside['_parser']['settings'] {
  const settings = levels.get(level) ?? Object.freeze({ protocolVersion: level });
  levels.set(level, settings);
  return settings;
}

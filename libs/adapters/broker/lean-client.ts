// What Aedes holds for every client and nobody needs here, let go of: much of a fleet's memory is its idle connections.
import type { Client } from 'aedes';

interface ListOfBytes {
  readonly constructor: { readonly BufferList: new () => ListOfBytes };
}

/** Of Aedes 1.2, `lib/client.js`, and of its mqtt-packet 9, `parser.js`. */
interface Inside {
  subscriptions: object;
  duplicates: object;
  deliver0: () => void;
  deliverQoS: () => void;
  readonly _parser: { _list: ListOfBytes; settings: { readonly protocolVersion?: number } };
}

/** Takes whatever is put in, and has nothing. */
const oblivion: object = new Proxy(Object.freeze(Object.create(null)), { set: () => true });
const never = () => {};

/** What a parser needs of a CONNECT later, one for all clients of a version. */
const versions = new Map<number | undefined, Inside['_parser']['settings']>();

/**
 * A client that has just been made. Nothing is ever delivered through Aedes (docs/adr/0002): what a client listens to is
 * known to its mailbox. And a list of bytes need not be a stream.
 */
export function slimmed(client: Client): Client {
  const inside = client as unknown as Inside;
  inside.subscriptions = oblivion;
  inside.duplicates = oblivion;
  inside.deliver0 = never;
  inside.deliverQoS = never;
  const { _parser: parser } = inside;
  parser._list = new parser._list.constructor.BufferList();
  return client;
}

/** The parser would keep the CONNECT, and the secret in it, for as long as the connection lasts. */
export function forgetConnect(client: Client): void {
  const { _parser: parser } = client as unknown as Inside;
  const { protocolVersion } = parser.settings;
  const settings = versions.get(protocolVersion) ?? Object.freeze({ protocolVersion });
  versions.set(protocolVersion, settings);
  parser.settings = settings;
}

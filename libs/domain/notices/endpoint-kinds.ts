// What an endpoint of each kind is made of, how its person confirms it, and what proves that it works.
import type { ChannelKind, EndpointDetails } from '#codecs/api';
import { newToken } from '#domain/accounts';
import type { Endpoint } from './endpoint.js';

type DetailsOf<K extends ChannelKind> = Extract<EndpointDetails, { channel: K }>;

type Place = Pick<Endpoint, 'address' | 'secret'>;

interface EndpointKind<K extends ChannelKind> {
  /** `adding`: whoever can add it holds it. `link`: anybody could name it, so a link is sent there first. */
  readonly confirmedBy: 'adding' | 'link';
  /** `answer`: who takes the message is the person's own. `person`: a provider takes it, which proves nothing yet. */
  readonly provenBy: 'answer' | 'person';
  readonly placeOf: (details: DetailsOf<K>) => Place;
  /** Whether the secret is ours and shown once, when it is made. */
  readonly showsSecret: boolean;
  /** What is shown of the address afterwards. */
  readonly shown: (address: string) => string;
}

const whole = (address: string) => address;
const hostOf = (address: string) => new URL(address).host;

const kinds: { readonly [K in ChannelKind]: EndpointKind<K> } = {
  /** The receiver's URL, and the key that signs what goes there. */
  webhook: {
    confirmedBy: 'adding',
    provenBy: 'answer',
    placeOf: ({ url }) => ({ address: url, secret: newToken() }),
    showsSecret: true,
    shown: whole,
  },
  /** The mail address; there is no secret. */
  mail: {
    confirmedBy: 'link',
    provenBy: 'person',
    placeOf: ({ address }) => ({ address, secret: '' }),
    showsSecret: false,
    shown: whole,
  },
  /** The push service's URL for one browser, and the browser's two keys, `p256dh.auth`. */
  'web-push': {
    confirmedBy: 'adding',
    provenBy: 'person',
    placeOf: ({ url, p256dh, auth }) => ({ address: url, secret: `${p256dh}.${auth}` }),
    showsSecret: false,
    shown: hostOf,
  },
  /** The robot's URL without its key, and the key. */
  wecom: {
    confirmedBy: 'adding',
    provenBy: 'person',
    placeOf: ({ url }) => {
      const robot = new URL(url);
      const secret = robot.searchParams.get('key') ?? '';
      robot.search = '';
      return { address: robot.href, secret };
    },
    showsSecret: false,
    shown: hostOf,
  },
  /** The topic's URL, and an access token or nothing. */
  ntfy: {
    confirmedBy: 'adding',
    provenBy: 'person',
    placeOf: ({ url, token = '' }) => ({ address: url, secret: token }),
    showsSecret: false,
    shown: whole,
  },
};

export function endpointKind<K extends ChannelKind>(channel: K): EndpointKind<K> {
  return kinds[channel];
}

export function placeOf<K extends ChannelKind>(details: DetailsOf<K>): Place {
  const kind: EndpointKind<K> = kinds[details.channel as K];
  return kind.placeOf(details);
}

// A home's events as sentences for a terminal. No password, secret or ticket is among them.
import type { Device, DeviceEvents } from '../device/index.js';
import type { SimulatedHome } from './home.js';

/**
 * Readings and acknowledgements pass in silence: there are too many of them.
 * @returns a function that ends it.
 */
export function narrate(home: SimulatedHome, write: (line: string) => void): () => void {
  let ended = false;
  const say = ({ identity, id }: Device, sentence: string) => {
    if (!ended) write(`${identity.name} (${id}) ${sentence}`);
  };
  home.on('sniffing', (device, { ports }) =>
    say(device, `has no Wi-Fi and listens on the air (UDP ${ports.join(', ')})`),
  );
  home.on('locked', (device, { frames }) => say(device, `hears AirKiss after ${frames} frames`));
  home.on('decoded', (device, heard) => say(device, decodedSentence(heard)));
  home.on('joined', (device, { ssid, mac, address }) =>
    say(device, `joined "${ssid}" as ${mac} at ${address}`),
  );
  home.on('connected', (device, { boot }) => say(device, `connected to its gateway (start number ${boot})`));
  home.on('disconnected', (device, { reason, retryInMs }) =>
    say(
      device,
      `has no connection to its gateway: ${reason}; tries again in ${(retryInMs / 1000).toFixed(1)} s`,
    ),
  );
  home.on('published', (device, said) => {
    if (said.again || said.kind !== 'telemetry') say(device, publishedSentence(said));
  });
  home.on('told', (device, told) => say(device, toldSentence(told)));
  return () => {
    ended = true;
  };
}

type Detail<Name extends keyof DeviceEvents> = DeviceEvents[Name][0];

function decodedSentence({ ssid, frames, right }: Detail<'decoded'>): string {
  return right
    ? `has decoded the network "${ssid}" from ${frames} frames`
    : `has decoded "${ssid}", but the access point does not let it in; it goes on listening`;
}

function publishedSentence({ deviceId, kind, boot, seq, again }: Detail<'published'>): string {
  const what = seq === undefined ? kind : `${kind} ${boot}.${seq}`;
  return `sends ${what} of ${deviceId}${again ? ' again' : ''}`;
}

function toldSentence(told: Detail<'told'>): string {
  switch (told.kind) {
    case 'command':
      return `is told to ${told.body.name}`;
    case 'config':
      return `is told the time, and to report every ${told.body.intervalS} s`;
    case 'binding':
      return `is told that it is ${told.body.state} (epoch ${told.body.epoch})`;
    case 'reply':
      return `is told that its ${told.body.about} was not taken: ${told.body.error.detail}`;
    default:
      return told satisfies never;
  }
}

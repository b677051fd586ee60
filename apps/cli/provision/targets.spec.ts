// Over which interfaces it goes out, and what is said of them, on machines of every kind.
import { describe, expect, it } from '@jest/globals';
import { type Machine, targetsOf } from './targets.js';

interface Card {
  readonly address: string;
  readonly wifi?: boolean;
  readonly mhz?: number;
}

/** A machine with these network cards; what is left out cannot be known. */
function machineWith(cards: Readonly<Record<string, Card>>): Machine {
  return {
    ipv4Interfaces: () =>
      Object.entries({ lo: { address: '127.0.0.1' }, ...cards }).map(([name, { address }]) => ({
        name,
        address,
        broadcast: address.replace(/\d+$/, '255'),
        isLoopback: name === 'lo',
      })),
    isWifi: name => cards[name]?.wifi,
    frequencyMhz: async name => cards[name]?.mhz,
  };
}

const cable: Card = { address: '10.0.0.5', wifi: false };
const wifi: Card = { address: '192.168.1.7', wifi: true, mhz: 2437 };
const second: Card = { address: '192.168.2.7', wifi: true, mhz: 2412 };

describe('where a provisioning goes out', () => {
  it('is every Wi-Fi that is connected, each from its own address to its own broadcast address', async () => {
    expect(await targetsOf({}, machineWith({ eth0: cable, wlan0: wifi, wlan1: second }))).toEqual({
      targets: [
        { to: '192.168.1.255', from: '192.168.1.7' },
        { to: '192.168.2.255', from: '192.168.2.7' },
      ],
      warnings: [],
    });
  });

  it('is the interfaces that were named, several at once, and the addresses', async () => {
    const machine = machineWith({ eth0: cable, wlan0: wifi });
    const { targets } = await targetsOf({ interface: ['wlan0', 'eth0'], to: ['10.9.9.255'] }, machine);
    expect(targets).toEqual([
      { to: '10.9.9.255' },
      { to: '192.168.1.255', from: '192.168.1.7' },
      { to: '10.0.0.255', from: '10.0.0.5' },
    ]);
  });

  it('is everywhere when no Wi-Fi is connected, with a warning', async () => {
    expect(await targetsOf({}, machineWith({ eth0: cable }))).toEqual({
      targets: [{ to: '255.255.255.255' }],
      warnings: [expect.stringContaining('no Wi-Fi that is connected')],
    });
  });

  it('names the interfaces that there are when one is asked for that there is not', async () => {
    const run = targetsOf({ interface: ['wlan7'] }, machineWith({ wlan0: wifi }));
    await expect(run).rejects.toThrow(
      'There is no interface "wlan7" with an IPv4 address on this machine. Those that have one: lo, wlan0.',
    );
  });
});

describe('a warning', () => {
  const warningsFor = async (card: Card) =>
    (await targetsOf({ interface: ['net0'] }, machineWith({ net0: card }))).warnings;

  it('is given about what is not Wi-Fi', async () => {
    expect(await warningsFor(cable)).toEqual([expect.stringContaining('net0 is not Wi-Fi')]);
  });

  it.each([5180, 5955])('is given about a Wi-Fi on %i MHz', async mhz => {
    expect(await warningsFor({ ...wifi, mhz })).toEqual([expect.stringContaining(`net0 is on ${mhz} MHz`)]);
  });

  it('is not given about 2.4 GHz, nor about what cannot be known', async () => {
    expect(await warningsFor(wifi)).toEqual([]);
    expect(await warningsFor({ address: '192.168.1.7', wifi: true })).toEqual([]);
    expect(await warningsFor({ address: '192.168.1.7' })).toEqual([]);
    expect((await targetsOf({}, machineWith({ en0: { address: '192.168.1.7' } }))).warnings).toEqual([]);
  });
});

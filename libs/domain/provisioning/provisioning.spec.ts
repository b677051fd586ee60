// Provisioning over an air that is only played: who is heard, when it ends, what cannot be sent.
import { describe, expect, it } from '@jest/globals';
import { encode, SCHEDULES } from '#codecs/airkiss';
import { ManualClock } from '#domain/clock';
import { DomainError } from '#domain/errors';
import {
  Air,
  type AirLink,
  type AirOptions,
  type Datagram,
  faultIn,
  Provisioning,
  type ProvisioningEvent,
  type ProvisioningRequest,
  warningsAbout,
} from './index.js';

const text = (value: string) => new TextEncoder().encode(value);
const RANDOM = 90;
const home: ProvisioningRequest = {
  ssid: text('MySSID'),
  password: text('12345678'),
  schedule: SCHEDULES.wechat,
};

type Reply = (sent: readonly Datagram[]) => { address: string; bytes: number[] }[];

/** An air on which time passes as fast as datagrams are taken from it. */
class PlayedAir extends Air {
  readonly sent: Datagram[] = [];
  closed = false;

  constructor(
    private readonly clock: ManualClock,
    private readonly reply: Reply = () => [],
  ) {
    super();
  }

  async open({ onAnswer }: AirOptions): Promise<AirLink> {
    const startMs = this.clock.now();
    return {
      play: async (datagrams, signal) => {
        for (const datagram of datagrams) {
          this.sent.push(datagram);
          this.clock.advance(startMs + datagram.atMs - this.clock.now());
          for (const { address, bytes } of this.reply(this.sent))
            onAnswer({ address, bytes: Uint8Array.from(bytes) });
          if (signal.aborted) break;
        }
        return {
          sent: this.sent.length,
          refused: 0,
          gapMs: { min: 0, median: 0, p99: 0, max: 0 },
          driftMs: 0,
        };
      },
      linger: async (durationMs, signal) => {
        if (!signal.aborted) this.clock.advance(Math.max(0, durationMs));
      },
      close: async () => {
        this.closed = true;
      },
    };
  }
}

/** Answers once, when so many datagrams were sent. */
const onceSent =
  (count: number, ...answers: { address: string; bytes: number[] }[]): Reply =>
  sent =>
    sent.length === count ? answers : [];

async function provision(request: Partial<ProvisioningRequest>, reply?: Reply) {
  const clock = new ManualClock(1_000);
  const air = new PlayedAir(clock, reply);
  const events: ProvisioningEvent[] = [];
  const provisioning = new Provisioning(air, clock, undefined, () => RANDOM);
  const result = await provisioning.run({ ...home, ...request }, { onEvent: event => events.push(event) });
  return { air, events, result };
}

const mac = [0x02, 0x11, 0x22, 0x33, 0x44, 0x55];

describe('provisioning', () => {
  it('sends the program of the credentials, round by round to both ports', async () => {
    const { air } = await provision({ deadlineMs: 3_500 });
    const { guide, magic, prefix, sequences } = encode({ ...home, random: RANDOM });
    const lengths = air.sent.map(({ length }) => length);
    expect(lengths.slice(0, 8)).toEqual([...guide, ...guide]);
    expect(lengths.slice(204, 212)).toEqual([...magic, ...magic]);
    expect(lengths.slice(284, 288)).toEqual(prefix);
    const round = sequences.flat();
    expect(lengths.slice(364, 364 + 2 * round.length)).toEqual([...round, ...round]);
    expect(air.sent.slice(0, 9).map(({ port }) => port)).toEqual([
      10_000, 10_000, 10_000, 10_000, 10_001, 10_001, 10_001, 10_001, 10_000,
    ]);
  });

  it('ends when as many devices as are waited for have joined', async () => {
    const first = { address: '127.0.0.2', bytes: [RANDOM, ...mac] };
    const second = { address: '127.0.0.3', bytes: [RANDOM] };
    const { air, events, result } = await provision({ expected: 2 }, onceSent(400, first, first, second));
    expect(result).toMatchObject({
      ended: 'all-joined',
      joined: [{ address: '127.0.0.2', mac: '021122334455' }, { address: '127.0.0.3' }],
    });
    expect(events.filter(({ kind }) => kind === 'joined')).toHaveLength(2);
    expect(air.sent).toHaveLength(400);
    expect(air.closed).toBe(true);
  });

  it('takes neither another random byte nor an answer of two to six bytes for a device', async () => {
    const { result } = await provision(
      { deadlineMs: 3_000 },
      onceSent(
        10,
        { address: '127.0.0.2', bytes: [RANDOM + 1] },
        { address: '127.0.0.2', bytes: [RANDOM, 1, 2] },
        { address: '127.0.0.2', bytes: [] },
        { address: '127.0.0.2', bytes: [0, 0, 0, 0, 0, 0, 0, 0] },
      ),
    );
    expect(result).toMatchObject({ ended: 'deadline', joined: [] });
  });

  it('tells two devices behind one address apart by their MAC', async () => {
    const { result } = await provision(
      { expected: 2 },
      onceSent(
        10,
        { address: '127.0.0.1', bytes: [RANDOM, ...mac] },
        { address: '127.0.0.1', bytes: [RANDOM, 2, 0, 0, 0, 0, 1] },
      ),
    );
    expect(result.joined.map(device => device.mac)).toEqual(['021122334455', '020000000001']);
  });

  it('learns the MAC of a device that said only the random byte at first', async () => {
    const { events, result } = await provision(
      { deadlineMs: 3_000 },
      onceSent(
        10,
        { address: '127.0.0.2', bytes: [RANDOM] },
        { address: '127.0.0.2', bytes: [RANDOM, ...mac] },
      ),
    );
    expect(result.joined).toEqual([{ address: '127.0.0.2', mac: '021122334455' }]);
    expect(events.filter(({ kind }) => kind === 'joined')).toHaveLength(1);
  });

  it('hears until the deadline when nobody said how many to wait for', async () => {
    const { result } = await provision(
      { deadlineMs: 55_000 },
      onceSent(400, { address: '127.0.0.2', bytes: [RANDOM] }),
    );
    expect(result).toMatchObject({ ended: 'deadline', tookMs: 55_000, joined: [{ address: '127.0.0.2' }] });
  });

  it('draws a random byte from 1 to 127 when none is given', async () => {
    const clock = new ManualClock(0);
    const drawn = new Set<number>();
    for (let run = 0; run < 300; run++) {
      const { random } = await new Provisioning(new PlayedAir(clock), clock).run({ ...home, deadlineMs: 0 });
      drawn.add(random);
    }
    expect(Math.min(...drawn)).toBeGreaterThanOrEqual(1);
    expect(Math.max(...drawn)).toBeLessThanOrEqual(127);
    expect(drawn.size).toBeGreaterThan(50);
  });
});

describe('credentials that cannot be sent', () => {
  it.each([
    ['ssid-empty', { ssid: text('') }],
    ['ssid-too-long', { ssid: text('家'.repeat(11)) }],
    ['password-too-long', { password: text('x'.repeat(65)) }],
    ['password-too-long', { password: text('x'.repeat(64)) }],
    ['password-too-long', { password: text('x'.repeat(48)), encrypt: () => text('x'.repeat(120)) }],
    ['invalid-request', { random: 256 }],
  ] as const)('are refused with %s before anything is sent', async (code, wrong) => {
    const clock = new ManualClock(0);
    const air = new PlayedAir(clock);
    const request = { ...home, ...wrong };
    expect(faultIn(request)?.code).toBe(code);
    await expect(new Provisioning(air, clock).run(request)).rejects.toThrow(DomainError);
    expect(air.sent).toEqual([]);
  });

  it('may be a key of 64 hex digits, or a passphrase of 63 characters', () => {
    expect(
      faultIn({ ...home, password: text('0123456789abcdefABCDEF0123456789'.repeat(2)) }),
    ).toBeUndefined();
    expect(faultIn({ ...home, password: text('x'.repeat(63)) })).toBeUndefined();
  });

  it('are warned about when only some devices can take them', () => {
    expect(warningsAbout(home)).toEqual([]);
    expect(warningsAbout({ ...home, password: text('x'.repeat(33)) })).toHaveLength(1);
    expect(warningsAbout({ ...home, password: text('x'.repeat(60)) })).toHaveLength(2);
    expect(warningsAbout({ ...home, password: text('') })[0]).toContain('open network');
  });
});

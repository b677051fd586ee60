// The ntfy channel against a server that takes only what its documentation allows.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ManualClock } from '#domain/clock';
import type { Message } from '#domain/notices';
import { channelContract, type ProviderBench } from './channel.contract.js';
import { NtfyChannel } from './ntfy-channel.js';
import { OutboundHttp } from './outbound-http.js';
import { channelSettings } from './testing/channel-settings.js';
import { sendingTo } from './testing/delivery.js';
import { ntfyCheck } from './testing/ntfy-check.js';
import { StrictServer } from './testing/strict-server.js';
import { Wordings } from './wording.js';

const token = 'tk_of_the_test';
const clock = new ManualClock(1_700_000_000_500);
const channelOf = (allowPrivateAddresses: boolean) =>
  new NtfyChannel(
    new OutboundHttp(channelSettings({ allowPrivateAddresses }), clock),
    new Wordings({ href: 'https://gateway.example', isChosen: true }),
  );
const open = channelOf(true);

const serverOf = () => new StrictServer(ntfyCheck('my-home', token)).open();
const toTopic = (server: StrictServer, change: Partial<Message> = {}) =>
  sendingTo('ntfy', { address: `${server.origin}/my-home`, secret: token }, change);

channelContract('an ntfy topic', async (): Promise<ProviderBench> => {
  const server = await serverOf();
  return { channel: open, delivery: toTopic(server), ...server.behaviours };
});

describe('the ntfy channel', () => {
  let server: StrictServer;

  beforeEach(async () => {
    server = await serverOf();
  });

  afterEach(() => server.close());

  const said = () => JSON.parse(String(server.calls.at(-1)?.body));

  it('says what happened, how loud it is, and where to see more', async () => {
    await open.deliver(toTopic(server), 60_000);
    expect(server.faults).toEqual([]);
    expect(said()).toMatchObject({
      title: 'Gas alarm',
      message: '10 %LEL',
      priority: 5,
      tags: ['rotating_light'],
      click: 'https://gateway.example/alarms/alarm1',
      actions: [
        {
          action: 'view',
          label: 'I have seen it',
          url: expect.stringMatching(/^https:\/\/gateway\.example\/message\/[\w.-]+$/),
        },
      ],
    });
  });

  it.each([
    [{ class: 'L' }, 5],
    [{ class: 'S' }, 4],
    [{ class: 'T' }, 3],
    [{ class: 'I' }, 2],
    [{ class: 'L', step: 'cleared' }, 3],
  ] as const)('%j has priority %i', async (change, priority) => {
    await open.deliver(toTopic(server, change), 60_000);
    expect(said()).toMatchObject({ priority });
  });

  it('is not let in with another token', async () => {
    const sending = sendingTo('ntfy', { address: `${server.origin}/my-home`, secret: 'another' });
    expect(await open.deliver(sending, 60_000)).toEqual({ outcome: 'refused', detail: 'HTTP 401' });
  });

  it('does not reach into the operator’s own network', async () => {
    const receipt = await channelOf(false).deliver(toTopic(server), 60_000);
    expect(receipt).toEqual({ outcome: 'refused', detail: 'the address is a private one' });
    expect(server.calls).toEqual([]);
  });

  it.each(['https://ntfy.example/', 'no url'])('refuses %s, which names no topic', async address => {
    const receipt = await open.deliver(sendingTo('ntfy', { address, secret: '' }), 60_000);
    expect(receipt).toMatchObject({ outcome: 'refused' });
  });
});

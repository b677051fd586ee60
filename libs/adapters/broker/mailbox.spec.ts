// A mailbox whose client answers out of turn: nothing that it has not been sent, or has not received, is given up.
import { Duplex } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import type { BrokerChange } from '#domain/intake';
import { BrokerCounters } from './broker-counters.js';
import { usualLimits } from './broker-settings.js';
import { Depot } from './depot.js';
import { Mailbox } from './mailbox.js';
import { Outlet } from './outlet.js';
import { RetainedMessages } from './retained.js';

Logger.overrideLogger(false);

const copy = (qos: 1 | 2) => ({ topic: 'a', payload: new Uint8Array([1]), qos, retain: false });

describe('an answer out of its turn', () => {
  let written: BrokerChange[];
  let mailbox: Mailbox;
  let outlet: Outlet;

  beforeEach(() => {
    written = [];
    let place = 0;
    mailbox = new Mailbox('alpha', true, {
      limits: usualLimits,
      counters: new BrokerCounters(),
      depot: new Depot(usualLimits),
      retained: new RetainedMessages(usualLimits.retainedBytes),
      nextPlace: () => {
        place += 1;
        return place;
      },
      keep: async changes => void written.push(...changes),
      note: changes => void written.push(...changes),
    });
    // A reader that takes one packet and no more.
    const stream = new Duplex({ highWaterMark: 1, read: () => {}, write: () => {} });
    const keeper = { flows: () => {}, frozen: () => {} };
    outlet = new Outlet(stream, { unreadBytes: 0, unreadMs: 60_000 }, keeper);
    mailbox.attach(outlet);
  });
  afterEach(() => outlet.close());

  const dequeued = () => written.flatMap(change => (change.kind === 'dequeue' ? change.packetId : []));

  it.each([1, 2] as const)('takes away no message of QoS %d that was not sent yet', qos => {
    mailbox.send(copy(qos));
    mailbox.send(copy(qos));
    mailbox.acknowledge(2, qos === 1 ? 'puback' : 'pubcomp');
    expect(mailbox.awaits(2)).toBeNull();
    expect(dequeued()).toEqual([]);
  });

  it('takes away no message that was not received: a PUBCOMP before the PUBREC', () => {
    mailbox.send(copy(2));
    mailbox.acknowledge(1, 'pubcomp');
    expect(dequeued()).toEqual([]);
    mailbox.noteReceived(1);
    mailbox.acknowledge(1, 'pubcomp');
    expect(dequeued()).toEqual([1]);
  });

  it('is none when it comes in its turn', () => {
    mailbox.send(copy(1));
    mailbox.acknowledge(1, 'puback');
    expect(dequeued()).toEqual([1]);
  });
});

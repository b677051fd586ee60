// The live stream: everybody hears his own, nobody is waited for.

import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import type { LiveEvent } from '#domain/notices';
import { InProcessLiveFeed } from './in-process-live-feed.js';

Logger.overrideLogger(false);

const windowAt = (until: number): LiveEvent => ({ name: 'window', data: { deviceId: 'gas-1', until } });

describe('the live feed', () => {
  it('tells each person what is hers, in order, to all her pages', async () => {
    const feed = new InProcessLiveFeed();
    const heard: string[] = [];
    feed.subscribe('anna', event => heard.push(`phone ${JSON.stringify(event.data)}`));
    feed.subscribe('anna', event => heard.push(`laptop ${JSON.stringify(event.data)}`));
    feed.subscribe('bert', event => heard.push(`bert ${JSON.stringify(event.data)}`));
    feed.publish('anna', windowAt(1));
    feed.publish('anna', windowAt(2));
    await nextTurn();
    expect(heard.filter(line => line.startsWith('phone'))).toEqual([
      'phone {"deviceId":"gas-1","until":1}',
      'phone {"deviceId":"gas-1","until":2}',
    ]);
    expect(heard.filter(line => line.startsWith('laptop'))).toHaveLength(2);
    expect(heard.filter(line => line.startsWith('bert'))).toEqual([]);
  });

  it('runs no listener while somebody publishes', () => {
    const feed = new InProcessLiveFeed();
    let ran = false;
    feed.subscribe('anna', () => {
      ran = true;
    });
    feed.publish('anna', windowAt(1));
    expect(ran).toBe(false);
  });

  it('drops who cannot follow, says so, and tells the others all', async () => {
    const feed = new InProcessLiveFeed();
    const heard: LiveEvent[] = [];
    let dropped = 0;
    feed.subscribe(
      'anna',
      () => {
        throw new Error('the page’s buffer is full');
      },
      () => {
        dropped += 1;
      },
    );
    feed.subscribe('anna', event => heard.push(event));
    feed.publish('anna', windowAt(1));
    await nextTurn();
    feed.publish('anna', windowAt(2));
    await nextTurn();
    expect(dropped).toBe(1);
    expect(heard).toHaveLength(2);
  });

  it('keeps only so much for one that has had no turn', async () => {
    const feed = new InProcessLiveFeed();
    const heard: LiveEvent[] = [];
    let dropped = 0;
    feed.subscribe(
      'anna',
      event => heard.push(event),
      () => {
        dropped += 1;
      },
    );
    for (let n = 0; n < 10_000; n += 1) feed.publish('anna', windowAt(n));
    await nextTurn();
    expect({ dropped, heard: heard.length }).toEqual({ dropped: 1, heard: 0 });
  });

  it('knows who listens', () => {
    const feed = new InProcessLiveFeed();
    const leave = [feed.subscribe('anna', () => {}), feed.subscribe('anna', () => {})];
    expect([feed.isHeard('anna'), feed.isHeard('bert')]).toEqual([true, false]);
    leave[0]?.();
    expect(feed.isHeard('anna')).toBe(true);
    leave[1]?.();
    expect(feed.isHeard('anna')).toBe(false);
  });

  it('tells nothing to one who has left, not even what was waiting', async () => {
    const feed = new InProcessLiveFeed();
    const heard: LiveEvent[] = [];
    const leave = feed.subscribe('anna', event => heard.push(event));
    feed.publish('anna', windowAt(1));
    leave();
    await nextTurn();
    expect(heard).toEqual([]);
  });
});

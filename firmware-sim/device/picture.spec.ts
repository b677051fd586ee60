// The pictures of the pretend camera are real ones, and show what they should.
import { describe, expect, it } from '@jest/globals';
import { Jimp } from 'jimp';
import { type Scene, takePicture } from './picture.js';

const scene: Scene = { name: 'Garden', atMs: Date.UTC(2026, 10, 21, 12), count: 1, moving: false };

async function pixels(changes: Partial<Scene> = {}) {
  const image = await Jimp.read(Buffer.from(await takePicture({ ...scene, ...changes })));
  return image.bitmap;
}

/** How many pixels of a band of rows differ visibly. */
async function differences(one: Partial<Scene>, other: Partial<Scene>, fromY: number, toY: number) {
  const [a, b] = [await pixels(one), await pixels(other)];
  let count = 0;
  for (let at = fromY * a.width * 4; at < toY * a.width * 4; at += 4) {
    if (Math.abs((a.data[at] ?? 0) - (b.data[at] ?? 0)) > 60) count += 1;
  }
  return count;
}

describe('a picture', () => {
  it('is a JPEG that opens, and goes into one message with room to spare', async () => {
    const picture = await takePicture(scene);
    expect([...picture.subarray(0, 2)]).toEqual([0xff, 0xd8]);
    expect(picture.length).toBeLessThan(100_000);
    expect(await pixels()).toMatchObject({ width: 400, height: 225 });
  });

  it('shows the name above and the time below', async () => {
    expect(await differences({ name: 'Garden' }, { name: '      ' }, 0, 60)).toBeGreaterThan(200);
    expect(await differences({}, { atMs: scene.atMs + 3_723_000 }, 190, 225)).toBeGreaterThan(20);
  });

  it('is the same for the same scene', async () => {
    expect(await takePicture(scene)).toEqual(await takePicture(scene));
  });

  it('shows something that moves on from picture to picture', async () => {
    expect(await differences({ moving: true }, { moving: false }, 80, 180)).toBeGreaterThan(500);
    expect(await differences({ moving: true }, { moving: true, count: 2 }, 80, 180)).toBeGreaterThan(500);
  });

  it('can be taken of a camera with a Chinese name', async () => {
    expect(await pixels({ name: '花园' })).toMatchObject({ width: 400 });
  });
});

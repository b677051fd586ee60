// The picture that a pretend camera takes: its name and the time, and something in front of it.
import { Jimp, loadFont } from 'jimp';
import { SANS_16_WHITE, SANS_32_WHITE } from 'jimp/fonts';
import { seedOf } from '../chance.js';

export interface Scene {
  readonly name: string;
  readonly atMs: number;
  /** How many pictures came before: what moves has moved on. */
  readonly count: number;
  readonly moving: boolean;
}

const width = 400;
const height = 225;
const floorY = 155;
const quality = 70;
const walker = { width: 28, height: 80, strideX: 53 };

type Font = Awaited<ReturnType<typeof loadFont>>;

/** Read once, by the first picture. */
let fonts: Promise<[Font, Font]> | undefined;

/** A JPEG file of about ten kilobytes. */
export async function takePicture(scene: Scene): Promise<Uint8Array> {
  fonts ??= Promise.all([loadFont(SANS_32_WHITE), loadFont(SANS_16_WHITE)]);
  const [large, small] = await fonts;
  const image = new Jimp({ width, height, color: wallColour(scene.name) });
  fill(image, { x: 0, y: floorY, w: width, h: height - floorY }, 0x3b3a38ff);
  if (scene.moving) {
    const x = (scene.count * walker.strideX) % (width - walker.width);
    fill(image, { x, y: floorY - walker.height + 20, w: walker.width, h: walker.height }, 0xd9a066ff);
  }
  image.print({ font: large, x: 16, y: 12, text: drawable(scene.name), maxWidth: width - 32 });
  image.print({ font: small, x: 16, y: height - 32, text: timeText(scene.atMs) });
  return image.getBuffer('image/jpeg', { quality });
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

function fill(image: InstanceType<typeof Jimp>, { x, y, w, h }: Box, colour: number): void {
  image.scan(x, y, w, h, (px, py) => image.setPixelColor(colour, px, py));
}

/** Dark enough for white letters, different from camera to camera. */
function wallColour(name: string): number {
  const hash = seedOf(0, name);
  const channel = (shift: number) => 60 + ((hash >>> shift) % 70);
  return ((channel(0) << 24) | (channel(8) << 16) | (channel(16) << 8) | 0xff) >>> 0;
}

/** The bitmap font knows Latin letters only. */
function drawable(name: string): string {
  return name.replace(/[^\x20-\x7e\u00a0-\u00ff]/g, '?');
}

function timeText(atMs: number): string {
  return `${new Date(atMs).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

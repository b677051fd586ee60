// What the standards of each region say about gas and carbon monoxide: figures as data, each with its source.
import { z } from 'zod';

export const regionSchema = z.enum(['EN', 'UL', 'GB']);
export type Region = z.infer<typeof regionSchema>;

/** At a constant level the alarm comes after this long. */
export interface CoPoint {
  readonly ppm: number;
  readonly afterS: number;
}

/** At a constant level a detector of the standard alarms not before `notBeforeS`, and by `byS` at the latest. */
export interface CoWindow {
  readonly ppm: number;
  readonly notBeforeS: number;
  readonly byS: number;
}

export interface CoProfile {
  readonly source: string;
  /** Ours, in the middle of the windows; between them times are interpolated on logarithmic scales. */
  readonly points: readonly CoPoint[];
  readonly windows: readonly CoWindow[];
}

export interface GasProfile {
  readonly source: string;
  /** The window of the alarm's threshold, in %LEL. */
  readonly leastLel: number;
  readonly mostLel: number;
}

const minutes = (count: number): number => count * 60;

const coEn: CoProfile = {
  source: 'EN 50291-1 table 1',
  points: [
    { ppm: 50, afterS: minutes(75) },
    { ppm: 100, afterS: minutes(25) },
    { ppm: 300, afterS: minutes(2) },
  ],
  windows: [
    { ppm: 50, notBeforeS: minutes(60), byS: minutes(90) },
    { ppm: 100, notBeforeS: minutes(10), byS: minutes(40) },
    { ppm: 300, notBeforeS: 0, byS: minutes(3) },
  ],
};

/** EN 50291-1 wants silence at 30 ppm for 120 minutes; a warning afterwards is our practice, in every region. */
export const coWarning: CoPoint = { ppm: 30, afterS: minutes(120) };

export const coProfiles: Readonly<Record<Region, CoProfile>> = {
  EN: coEn,
  UL: {
    source: 'UL 2034',
    points: [
      { ppm: 70, afterS: minutes(120) },
      { ppm: 150, afterS: minutes(25) },
      { ppm: 400, afterS: minutes(8) },
    ],
    windows: [
      { ppm: 70, notBeforeS: minutes(60), byS: minutes(240) },
      { ppm: 150, notBeforeS: minutes(10), byS: minutes(50) },
      { ppm: 400, notBeforeS: minutes(4), byS: minutes(15) },
    ],
  },
  // Taken as the European one: the Chinese figures have not been checked against GB/T 34004 and GB 15322.2 themselves.
  GB: { ...coEn, source: 'as EN 50291-1; to be checked against GB/T 34004' },
};

/** None of these windows has been checked against the standard's own text. */
export const gasProfiles: Readonly<Record<Region, GasProfile>> = {
  EN: { source: 'EN 50194-1, to be checked', leastLel: 3, mostLel: 20 },
  UL: { source: 'UL 1484, to be checked', leastLel: 3, mostLel: 25 },
  GB: { source: 'GB 15322.2, to be checked', leastLel: 5, mostLel: 25 },
};

export const gasNameSchema = z.enum(['methane', 'propane', 'butane', 'hydrogen']);
export type GasName = z.infer<typeof gasNameSchema>;

/** Lower explosive limits in air, %vol (as IEC 60079-20-1 has them; to be checked). */
const lowerExplosiveLimits: Readonly<Record<GasName, number>> = {
  methane: 4.4,
  propane: 1.7,
  butane: 1.4,
  hydrogen: 4.0,
};

/**
 * What one unit of a gas reading is in %LEL; null when the unit alone does not say so.
 * @param unit `%LEL`, or `ppm` or `%vol` of a named gas
 */
export function lelPerUnit(unit: string, gas: GasName | undefined): number | null {
  if (unit === '%LEL') return 1;
  if (gas === undefined) return null;
  const perPercentVolume = 100 / lowerExplosiveLimits[gas];
  if (unit === '%vol') return perPercentVolume;
  return unit === 'ppm' ? perPercentVolume / 10_000 : null;
}

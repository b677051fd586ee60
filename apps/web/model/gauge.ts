// Where a reading stands on its scale, and where the alarm begins on it.
import { coProfiles, lelPerUnit, type Product, type Region, type Rule, watchedBy } from '#codecs/api';

type Reading = Product['readings'][number];

export interface Gauge {
  /** 0 to 1. */
  readonly fill: number;
  /** Where the alarm begins, 0 to 1; null when no rule watches the reading's height. */
  readonly mark: number | null;
  /** The same, in the reading's unit. */
  readonly threshold: number | null;
  readonly over: boolean;
}

export function gaugeOf(
  reading: Reading,
  { rules, region }: Pick<Product, 'rules' | 'region'>,
  value: number,
): Gauge {
  const threshold = thresholdOf(reading, rules, region);
  // With the threshold in the middle: on the whole range of a sensor, what matters would be a hair's breadth.
  const top = threshold === null ? reading.max : Math.min(reading.max, threshold * 2);
  const share = (height: number) => clamp((height - reading.min) / (top - reading.min || 1));
  return {
    fill: share(value),
    mark: threshold === null ? null : share(threshold),
    threshold,
    over: threshold !== null && value >= threshold,
  };
}

/** Where the lowest rule on a reading's height begins; null: none is about its height. */
function thresholdOf(reading: Reading, rules: readonly Rule[], region: Region): number | null {
  const thresholds = rules
    .filter(rule => watchedBy(rule) === reading.name)
    .flatMap(rule => thresholdsOf(rule, reading.unit, region));
  return thresholds.length > 0 ? Math.min(...thresholds) : null;
}

function thresholdsOf(rule: Rule, unit: string, region: Region): number[] {
  switch (rule.kind) {
    case 'gas':
      return [rule.raiseAtLel / (lelPerUnit(unit, rule.gas) ?? 1)];
    case 'co':
      return (rule.points ?? coProfiles[region].points).map(({ ppm }) => ppm);
    case 'co2':
      return [rule.hintPpm];
    default:
      return [];
  }
}

function clamp(share: number): number {
  return Math.min(1, Math.max(0, share));
}

// Where a reading stands on its scale, and where the alarm begins on it.
import type { Product, Rule } from '#codecs/api';

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

export function gaugeOf(reading: Reading, rules: readonly Rule[], value: number): Gauge {
  const threshold = thresholdOf(reading.name, rules);
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

function thresholdOf(reading: string, rules: readonly Rule[]): number | null {
  const thresholds = rules.flatMap(rule => {
    switch (rule.kind) {
      case 'gas':
        return rule.reading === reading ? [rule.raiseAtLel] : [];
      case 'co':
        return rule.reading === reading ? rule.steps.map(step => step.atLeastPpm) : [];
      case 'left-open':
      case 'intrusion':
      case 'silence':
        return [];
      default:
        return rule satisfies never;
    }
  });
  return thresholds.length > 0 ? Math.min(...thresholds) : null;
}

function clamp(share: number): number {
  return Math.min(1, Math.max(0, share));
}

// What a product's rules must not be: without a unit that means something, or slower than its region's standard allows.
import { coTimeS } from './co-curve.js';
import { coProfiles, gasProfiles, lelPerUnit, type Region } from './region.js';
import type { Rule, RuleOf } from './rule.js';

export interface RuleFault {
  /** The rule's field at fault. */
  readonly field: string;
  readonly message: string;
}

/** @param unitOf gives the unit of a declared reading */
export function faultsOfRule(
  rule: Rule,
  region: Region,
  unitOf: (reading: string) => string | undefined,
): RuleFault[] {
  switch (rule.kind) {
    case 'gas':
      return [...unitFaults(rule, unitOf(rule.reading)), ...gasFaults(rule, region)];
    case 'co':
    case 'co2':
      return needsUnit(rule.reading, unitOf(rule.reading), 'ppm').concat(
        rule.kind === 'co' ? coFaults(rule, region) : [],
      );
    case 'battery':
      return needsUnit(rule.reading, unitOf(rule.reading), '%');
    default:
      return [];
  }
}

function unitFaults({ reading, gas }: RuleOf<'gas'>, unit = ''): RuleFault[] {
  if (lelPerUnit(unit, gas) !== null) return [];
  const message =
    unit === 'ppm' || unit === '%vol'
      ? `must name the gas that ${reading} measures in ${unit}: how much of it explodes depends on it`
      : `cannot be told: ${reading} is in "${unit}", and a gas rule takes %LEL, or ppm or %vol of a named gas`;
  return [{ field: 'gas', message }];
}

function gasFaults({ raiseAtLel }: RuleOf<'gas'>, region: Region): RuleFault[] {
  const { leastLel, mostLel, source } = gasProfiles[region];
  if (raiseAtLel >= leastLel && raiseAtLel <= mostLel) return [];
  const message = `is ${raiseAtLel} %LEL, outside the ${leastLel}–${mostLel} %LEL of region ${region} (${source})`;
  return [{ field: 'raiseAtLel', message }];
}

/** Sooner than the window is a maker's choice; later is not. */
function coFaults({ points }: RuleOf<'co'>, region: Region): RuleFault[] {
  if (points === null) return [];
  const { windows, source } = coProfiles[region];
  return windows
    .filter(({ ppm, byS }) => coTimeS(points, ppm) > byS)
    .map(({ ppm, byS }) => ({
      field: 'points',
      message: `would not alarm at ${ppm} ppm within ${byS / 60} minutes, as region ${region} demands (${source})`,
    }));
}

function needsUnit(reading: string, unit: string | undefined, needed: string): RuleFault[] {
  if (unit === needed) return [];
  return [{ field: 'reading', message: `takes a reading in ${needed}, and ${reading} is in "${unit}"` }];
}

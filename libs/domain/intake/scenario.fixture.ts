// A scenario of the table of alarms: one device with one rule, what happens to it, and what must come of it.
import type { Stores } from '#adapters/storage';
import { type AlarmClass, type AlarmState, type HomeMode, productSchema, type Severity } from '#codecs/api';
import { alarmState } from '#domain/alarms';
import type { Device } from '#domain/devices';
import { detector, Stage, second } from './stage.contract.js';

/** One thing that happens. Times in seconds. */
export type Act =
  | {
      readonly values?: Readonly<Record<string, number>>;
      readonly bits?: Readonly<Record<string, boolean>>;
      /** It is said once; or again and again, the last time when this long has passed since the first. */
      readonly forS?: number;
      readonly everyS?: number;
    }
  | { readonly waitS: number }
  | { readonly mode: HomeMode };

export interface Scenario {
  /** What happens, as the sentence of its tests. */
  readonly title: string;
  readonly rule: Readonly<Record<string, unknown>>;
  readonly product?: Readonly<Record<string, unknown>>;
  /** What comes close and raises nothing. */
  readonly hold: readonly Act[];
  readonly raise: readonly Act[];
  readonly is: { readonly severity: Severity; readonly class: AlarmClass };
  /** What comes close to its end, and does not end it. */
  readonly calm: readonly Act[];
  readonly clear: readonly Act[];
  readonly ends: AlarmState;
  /** Silence is counted from the gateway's own start, so a restart in between makes it later. */
  readonly restarts?: 'at first';
}

export const level = (ppm: number, forS?: number, everyS = 60): Act => ({
  values: { level: ppm },
  ...(forS !== undefined && { forS, everyS }),
});
export const bit = (on: boolean, forS?: number, everyS = 60): Act => ({
  bits: { bit: on },
  ...(forS !== undefined && { forS, everyS }),
});
export const wait = (waitS: number): Act => ({ waitS });
export const mode = (of: HomeMode): Act => ({ mode: of });

const text = { zh: '读数', en: 'Reading' };

let count = 0;

export function productOf({ rule, product }: Pick<Scenario, 'rule' | 'product'>) {
  const { unit = 'ppm', ...others } = product ?? {};
  return productSchema.parse({
    ...detector,
    id: `scenario-${++count}`,
    readings: [{ name: 'level', label: text, unit, min: 0, max: 50_000 }],
    bits: [{ name: 'bit', label: text, on: text, off: text }],
    ...others,
    rules: [{ id: 'rule', ...rule }],
  });
}

/** One telling of a scenario on a gateway of its own. */
export class Told {
  private seq = 0;

  private constructor(
    private readonly stage: Stage,
    private readonly device: Device,
    private readonly between: (stage: Stage) => Promise<void>,
  ) {}

  /** @param between runs before each act */
  static async begin(
    stores: Stores,
    scenario: Scenario,
    between: (stage: Stage) => Promise<void> = async () => {},
  ): Promise<Told> {
    const product = productOf(scenario);
    await stores.products.put(product);
    const stage = await Stage.open(stores);
    const device = await stage.device(product);
    await stage.bind(device);
    await stage.intake.changeMode(stage.home.id, 'home', stage.owner);
    return new Told(stage, device, between);
  }

  async play(acts: readonly Act[]): Promise<void> {
    for (const act of acts) {
      await this.between(this.stage);
      await this.act(act);
    }
  }

  /** What stands in the store and was told, without what is drawn by lot. */
  async outcome() {
    const alarms = (await this.stage.alarms(this.device)).map(({ id: _, deviceId: __, ...alarm }) => alarm);
    return {
      alarms: alarms.sort((a, b) => a.occurrence - b.occurrence),
      told: await this.stage.told(this.stage.owner),
    };
  }

  async states(): Promise<{ state: AlarmState; severity: Severity; class: AlarmClass }[]> {
    const { alarms } = await this.outcome();
    return alarms.map(alarm => ({
      state: alarmState({ ...alarm, id: '', deviceId: '' }),
      severity: alarm.severity,
      class: alarm.class,
    }));
  }

  private async act(act: Act): Promise<void> {
    if ('waitS' in act) return this.pass(act.waitS);
    if ('mode' in act) {
      await this.stage.intake.changeMode(this.stage.home.id, act.mode, this.stage.owner);
      return;
    }
    const { values = {}, bits = {}, forS = 0, everyS = 60 } = act;
    for (let passed = 0; ; passed += everyS) {
      const body = { boot: 2, seq: ++this.seq, values, bits };
      await this.stage.say(this.device, { kind: 'telemetry', body });
      if (passed >= forS) return;
      await this.pass(Math.min(everyS, forS - passed));
    }
  }

  /** The clock strikes often enough to be late by a second, where it matters. */
  private async pass(seconds: number): Promise<void> {
    const step = Math.max(1, Math.floor(seconds / 60));
    for (let left = seconds; left > 0; left -= step) await this.stage.wait(Math.min(step, left) * second);
  }
}

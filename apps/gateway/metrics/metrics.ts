// What Prometheus is told: nothing is counted here, everything is read when somebody asks.
import { Injectable } from '@nestjs/common';
import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { version } from '../version.js';
import { GatewayState } from './gateway-state.js';
import { metricTable } from './metric-table.js';
import { ReadHistogram } from './read-histogram.js';

@Injectable()
export class Metrics {
  private readonly registry = new Registry();

  constructor(private readonly state: GatewayState) {
    const { registry } = this;
    collectDefaultMetrics({ register: registry });
    new Gauge({
      ...{ name: 'airbind_build_info', help: 'Always 1; the version is the label.', registers: [registry] },
      labelNames: ['version'],
    }).set({ version }, 1);
    for (const name of Object.keys(metricTable)) this.register(name);
    const { batchSizes, commitMs } = state.intake.times;
    new ReadHistogram(
      { name: 'airbind_batch_inputs', help: 'Inputs in one transaction.', of: batchSizes },
      registry,
    );
    new ReadHistogram(
      {
        name: 'airbind_commit_duration_seconds',
        help: 'How long the store took for one transaction, its sync included.',
        of: commitMs,
        scale: 0.001,
      },
      registry,
    );
  }

  get contentType(): string {
    return this.registry.contentType;
  }

  /** The text format of Prometheus. */
  text(): Promise<string> {
    return this.registry.metrics();
  }

  private register(name: string): void {
    const row = metricTable[name];
    if (row === undefined) return;
    const { type, help, label, read } = row;
    const readings = async () => {
      const reading = await read(this.state);
      if (reading === null) return [];
      return typeof reading === 'number' ? [['', reading] as const] : Object.entries(reading);
    };
    const shape = { name, help, labelNames: label === undefined ? [] : [label], registers: [this.registry] };
    const labelled = (value: string): Record<string, string> =>
      label === undefined ? {} : { [label]: value };
    if (type === 'counter') {
      new Counter({
        ...shape,
        async collect() {
          const current = await readings();
          this.reset();
          for (const [value, count] of current) this.inc(labelled(value), count);
        },
      });
    } else {
      new Gauge({
        ...shape,
        async collect() {
          const current = await readings();
          this.reset();
          for (const [value, level] of current) this.set(labelled(value), level);
        },
      });
    }
  }
}

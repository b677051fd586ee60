// A histogram for Prometheus that is read where it is counted, when somebody scrapes.
import {
  Gauge,
  type MetricObjectWithValues,
  type MetricType,
  type MetricValueWithName,
  type Registry,
} from 'prom-client';
import type { Distribution } from '#domain/intake';

interface Source {
  readonly name: string;
  readonly help: string;
  readonly of: Distribution;
  /** What a value is multiplied by to be in base units: 0.001 for milliseconds. */
  readonly scale?: number;
}

// The library's types have a number where the library has a word.
const histogram = 'histogram' as unknown as MetricType;

/** A gauge by birth, since prom-client's own histogram can only be told value by value; what it says is a histogram. */
export class ReadHistogram extends Gauge {
  constructor(
    private readonly source: Source,
    registry: Registry,
  ) {
    super({ name: source.name, help: source.help, registers: [registry] });
  }

  override async get(): Promise<MetricObjectWithValues<MetricValueWithName<string>>> {
    return { ...(await super.get()), type: histogram, values: this.values() };
  }

  private values(): MetricValueWithName<string>[] {
    const { name, of, scale = 1 } = this.source;
    let total = 0;
    const buckets = of.bounds.map((bound, i) => {
      total += of.counts[i] ?? 0;
      return { metricName: `${name}_bucket`, labels: { le: bound * scale }, value: total };
    });
    return [
      ...buckets,
      { metricName: `${name}_bucket`, labels: { le: '+Inf' }, value: of.count },
      { metricName: `${name}_sum`, labels: {}, value: of.sum * scale },
      { metricName: `${name}_count`, labels: {}, value: of.count },
    ];
  }
}

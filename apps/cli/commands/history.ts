// `devices history` and `devices events`: what a device measured and did, over a range of time.
import { type Command, InvalidArgumentError } from 'commander';
import { type DeviceEventsView, durationMs, type HistoryView } from '#codecs/api';
import { connect, examples, gatewayCommand, type Surroundings } from '../gateway-command.js';
import type { GatewayOptions } from '../settings.js';
import { table, timeText } from '../table.js';

interface RangeOptions extends GatewayOptions {
  readonly from: number;
  readonly to: number;
}

interface HistoryOptions extends RangeOptions {
  readonly reading: string;
  readonly bucket?: string;
}

const dayMs = 86_400_000;
/** From which one is chosen when none is named: the narrowest that fits a screen or two. */
const usualWidths = ['10s', '1m', '5m', '15m', '1h', '6h', '1d', '7d', '30d'] as const;
const usualRows = 100;

export function historyCommand(surroundings: Surroundings): Command {
  return ranged(gatewayCommand('history', 'one reading over a range of time, in buckets'))
    .requiredOption('--reading <name>', 'name of the reading, such as co.ppm')
    .option(
      '--bucket <width>',
      'width of a bucket, such as 10s, 15m, 1h or 1d (else one that suits the range)',
    )
    .addHelpText(
      'after',
      examples(
        'devices history 7Q2M4KX9 --reading co.ppm',
        'devices history 7Q2M4KX9 --reading co.ppm --from 2026-11-01 --to 2026-12-01 --bucket 1d --json',
      ),
    )
    .action(async (deviceId: string, options: HistoryOptions) => {
      const { gateway, show } = await connect(surroundings, options);
      const { reading, from, to, bucket = usualWidth(to - from) } = options;
      const query = { reading, bucket, from: String(aligned(from, bucket)), to: String(to) };
      show(await gateway.call('history', { params: { deviceId }, query }), historyText);
    });
}

export function eventsCommand(surroundings: Surroundings): Command {
  return ranged(gatewayCommand('events', 'what changed at a device, newest first'))
    .addHelpText('after', examples('devices events 7Q2M4KX9 --from 7d'))
    .action(async (deviceId: string, options: RangeOptions) => {
      const { gateway, show } = await connect(surroundings, options);
      const query = { from: String(options.from), to: String(options.to) };
      show(await gateway.call('deviceEvents', { params: { deviceId }, query }), eventsText);
    });
}

function ranged(command: Command): Command {
  const now = Date.now();
  return command
    .argument('<device>', 'id of the device')
    .option('--from <time>', 'a date, a time, or how long ago, such as 7d (else 24h)', instant, now - dayMs)
    .option('--to <time>', 'likewise; else now', instant, now);
}

/** `2026-11-21`, `2026-11-21T08:30`, or a duration that has passed since. */
function instant(text: string): number {
  const ago = durationMs(text);
  if (ago !== null) return Date.now() - ago;
  // A day begins at midnight where the reader is.
  const at = Date.parse(/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00` : text);
  if (Number.isNaN(at)) throw new InvalidArgumentError('It takes 2026-11-21, 2026-11-21T08:30 or 7d.');
  return at;
}

function usualWidth(rangeMs: number): string {
  return usualWidths.find(width => rangeMs / (durationMs(width) ?? 1) <= usualRows) ?? '30d';
}

/** Days begin at midnight where the reader is, hours at the full hour. */
function aligned(from: number, bucket: string): number {
  const widthMs = durationMs(bucket) || 1;
  return widthMs % dayMs === 0 ? new Date(from).setHours(0, 0, 0, 0) : from - (from % widthMs);
}

function historyText({ unit, keptSince, from, buckets }: HistoryView): string {
  const rows = buckets.map(({ at, min, mean, max, count }) => [
    timeText(at),
    rounded(min),
    rounded(mean),
    rounded(max),
    String(count),
  ]);
  const gone = from < keptSince ? goneText(keptSince) : '';
  if (rows.length === 0) return `Nothing was measured in this range.\n${gone}`;
  return table(['FROM', `MIN ${unit}`, `MEAN ${unit}`, `MAX ${unit}`, 'COUNT'], rows) + gone;
}

function eventsText({ events, more, from, keptSince }: DeviceEventsView): string {
  const rows = events.map(({ at, name, on }) => [timeText(at), name, on === null ? '' : on ? 'on' : 'off']);
  const gone = from < keptSince ? goneText(keptSince) : '';
  const last = events.at(-1);
  const rest =
    more && last ? `There are older ones: ask again with --to ${new Date(last.at).toISOString()}\n` : '';
  if (rows.length === 0) return `Nothing happened in this range.\n${gone}`;
  return table(['WHEN', 'WHAT', ''], rows) + rest + gone;
}

const goneText = (keptSince: number): string => `What is older than ${timeText(keptSince)} is not kept.\n`;

/** A mean has more digits than the sensor. */
const rounded = (value: number): string => String(Number(value.toPrecision(6)));

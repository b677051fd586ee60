// `devices watch`: what one device says right now, and what becomes of it.
import type { Command } from 'commander';
import { streams, type Trace, traceSchema } from '#codecs/api';
import { Failure } from '../failure.js';
import { connect, examples, gatewayCommand, type Surroundings } from '../gateway-command.js';
import type { GatewayOptions } from '../settings.js';
import { harmless } from '../table.js';

export function watchCommand(surroundings: Surroundings): Command {
  return gatewayCommand('watch', 'what a device says and what becomes of it, as it happens (operators)')
    .argument('<device>', 'id of the device')
    .addHelpText(
      'after',
      `${examples('devices watch 7Q2M4KX9', 'devices watch 7Q2M4KX9 --json')}\nCtrl+C ends it. With --json each line is one JSON document.`,
    )
    .action(async (deviceId: string, options: GatewayOptions) => {
      const { terminal } = surroundings;
      const { gateway } = await connect(surroundings, options);
      for await (const data of gateway.events(streams.watch, { params: { deviceId } })) {
        const trace = traceSchema.safeParse(parsed(data));
        if (!trace.success) throw new Failure('answer-not-understood');
        terminal.write(options.json ? `${JSON.stringify(trace.data)}\n` : `${traceText(trace.data)}\n`);
      }
      terminal.complain('The gateway has ended the trace.\n');
    });
}

function parsed(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}

const clock = { hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3 } as const;

/** `09:05:00,123  packet    v1/devices/d1-1/telemetry, QoS 1, 84 bytes` */
export function traceText(trace: Trace): string {
  const time = new Date(trace.at).toLocaleTimeString('sv-SE', clock);
  return `${time}  ${trace.what.padEnd(8)}  ${harmless(sentenceOf(trace))}`;
}

function sentenceOf(trace: Trace): string {
  switch (trace.what) {
    case 'login':
      return `${trace.isGranted ? 'granted' : 'refused'}, from ${trace.address}`;
    case 'packet':
      return `${trace.topic}, QoS ${trace.qos}, ${trace.bytes} bytes${trace.dup ? ', sent again' : ''}${trace.retain ? ', to be retained' : ''}`;
    case 'decision':
      return `${trace.kind}: ${trace.outcome}${trace.detail === undefined ? '' : ` (${trace.detail})`}`;
    case 'alarm':
      return `${trace.rule}: ${trace.step}${trace.value === null ? '' : ` at ${trace.value}`}, alarm ${trace.alarmId}`;
    case 'answer':
      return `${trace.verdict} after ${trace.afterMs} ms`;
    case 'refusal':
      return trace.reason;
    case 'gone':
      return trace.leftWill ? 'vanished, and left a will' : 'the connection is over';
    default:
      return trace satisfies never;
  }
}

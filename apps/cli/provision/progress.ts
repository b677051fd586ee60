// What a person sees while credentials go out: one line that is written over, and a line for each who joins.
import type { IntroducedDevice, Pacing, ProvisioningEvent } from '#domain/provisioning';
import { macText } from '../airkiss/index.js';
import type { Terminal } from '../terminal.js';

const PHASES = { guide: 'calling', magic: 'announcing', prefix: 'announcing', data: 'sending' } as const;

/** Writes progress beside the answer; on what is no terminal only what happens once. */
export class Progress {
  private line = '';

  constructor(private readonly terminal: Terminal) {}

  readonly show = (event: ProvisioningEvent): void => {
    switch (event.kind) {
      case 'sending':
        this.overwrite(
          `${PHASES[event.phase]}, cycle ${event.cycle + 1}, ${(event.atMs / 1000).toFixed(1)} s`,
        );
        return;
      case 'joined':
        this.end();
        this.terminal.complain(
          `Joined after ${(event.afterMs / 1000).toFixed(1)} s: ${deviceText(event.device)}\n`,
        );
        return;
      default:
        event satisfies never;
    }
  };

  /** Ends the line that was written over. */
  end(): void {
    if (this.line !== '') this.terminal.complain(`\r${' '.repeat(this.line.length)}\r`);
    this.line = '';
  }

  private overwrite(line: string): void {
    if (!this.terminal.redraws) return;
    this.terminal.complain(`\r${line.padEnd(this.line.length)}`);
    this.line = line;
  }
}

/** `02:11:22:33:44:55 at 192.168.1.7 (dev1 of gh_1)`, as far as it is known. */
export function deviceText({ mac, address, deviceId, deviceType }: IntroducedDevice): string {
  const place = mac === undefined ? address : `${macText(mac)} at ${address}`;
  const name = [deviceId, deviceType].filter(part => part !== undefined).join(' of ');
  return name === '' ? place : `${place} (${name})`;
}

/** What shows for some minutes that whoever sees this has the device: `airbind tickets bind --nonce`. */
export function nonceText({ nonce }: IntroducedDevice): string {
  return nonce === undefined ? '' : `, to bind it: --nonce ${nonce}`;
}

/** How the times were kept, for `--verbose`. */
export function pacingText({ sent, refused, gapMs, driftMs }: Pacing): string {
  const { min, median, p99, max } = gapMs;
  return [
    `${sent} datagrams, ${refused} refused by the system.\n`,
    `Gaps: ${ms(min)} at least, ${ms(median)} median, ${ms(p99)} at 99 %, ${ms(max)} at most; drift over the whole ${ms(driftMs)}.\n`,
  ].join('');
}

const ms = (value: number): string => `${value.toFixed(2)} ms`;

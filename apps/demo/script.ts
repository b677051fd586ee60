// The scenes that both ways of the demo play: onto the Wi-Fi, and the leak.
import type { JoinedDevice } from '#domain/provisioning';
import type { Stage } from './stage.js';
import { step } from './step.js';
import type { Terminal } from './terminal.js';

const joiningS = 100;

export class Script {
  constructor(
    private readonly stage: Stage,
    private readonly terminal: Terminal,
  ) {}

  readonly say = (sentence: string): void => this.terminal.say(sentence);

  /** @returns how many devices joined, which is all of them. */
  async ontoTheWifi(): Promise<number> {
    const { home } = this.stage;
    await home.start();
    await step('Starting the simulated home', 20, home.all('sniffing'));
    this.say(`${home.devices.length} devices are out of their boxes and listen on the air.`);
    const sent = this.stage.provision(event => {
      if (event.kind === 'sending') {
        this.terminal.progress(
          `AirKiss: ${event.phase}, cycle ${event.cycle + 1}, ${(event.atMs / 1000).toFixed(1)} s`,
        );
      } else {
        this.say(`  joined after ${(event.afterMs / 1000).toFixed(1)} s: ${deviceText(event.device)}`);
      }
    });
    const { joined, ended } = await step('Provisioning over AirKiss', joiningS, sent);
    if (ended !== 'all-joined') {
      throw new Error(
        `Provisioning over AirKiss: ${joined.length} of ${home.devices.length} devices joined.`,
      );
    }
    await step('Connecting to the broker', 30, home.all('connected'));
    this.say('All of them are connected to the broker with credentials of their own, and report.');
    return joined.length;
  }

  /**
   * Lets gas out. The result tells how long before a moment the last reading had been published: of the notice's
   * moment, the reading that raised the alarm.
   */
  leak(): (heardAtMs: number) => number {
    const gas = this.stage.home.device('gas');
    let publishedAtMs = performance.now();
    gas.on('published', ({ kind }) => {
      if (kind === 'telemetry') publishedAtMs = performance.now();
    });
    gas.leak();
    this.say('Gas leaks in the kitchen …');
    return heardAtMs => Math.max(0, Math.round((heardAtMs - publishedAtMs) * 10) / 10);
  }
}

function deviceText({ mac, address }: JoinedDevice): string {
  return mac === undefined ? address : `${mac.replace(/(..)(?=.)/g, '$1:')} at ${address}`;
}

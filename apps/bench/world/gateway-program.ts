// The gateway as `npm start` starts it, on free ports of loopback, and a caller with the rights of its operator.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Caller } from './caller.js';
import type { Answers, Memory } from './probe.js';
import { Program } from './program.js';

const entry = fileURLToPath(new URL('../../gateway/main.js', import.meta.url));
const probe = new URL('./probe.js', import.meta.url).href;

/** As in package.json's `start`: what waits for a commit must not be taken for what lasts. The last of two flags counts. */
const memoryFlag = '--max-semi-space-size=64';

/** What a benchmark asks in a minute is more than people do. */
const generous = {
  HTTP_SIGN_INS_PER_MINUTE: '1000000',
  HTTP_TICKETS_PER_MINUTE: '1000000',
  HTTP_CLAIMS_PER_MINUTE: '1000000',
};

export class GatewayProgram {
  private constructor(
    readonly program: Program,
    readonly url: string,
    readonly mqttPort: number,
    readonly operator: Caller,
    private readonly token: string,
  ) {}

  /** @param flags of Node, such as `--cpu-prof` */
  static async start(
    dataFolder: string,
    environment: Readonly<Record<string, string>> = {},
    flags: readonly string[] = [],
  ): Promise<GatewayProgram> {
    const args = [memoryFlag, '--expose-gc', '--import', probe, ...flags, entry];
    const program = Program.start(process.execPath, args, {
      talks: true,
      environment: {
        AIRBIND_DATA: dataFolder,
        HTTP_HOST: '127.0.0.1',
        MQTT_HOST: '127.0.0.1',
        HTTP_PORT: '0',
        PUBLIC_URL: 'http://127.0.0.1:0',
        MQTT_PORT: '0',
        LOG_LEVEL: 'warn',
        ...generous,
        ...environment,
      },
    });
    const said = await program.said('stdout', /certified alarm system/);
    const url = /interface +(http:\S+)\/docs/.exec(said)?.[1] ?? '';
    const port = Number(/devices +mqtt:\/\/[^:]+:(\d+)/.exec(said)?.[1]);
    const token = (await readFile(join(dataFolder, 'cli-token'), 'utf8')).trim();
    return new GatewayProgram(program, url, port, new Caller(url, token), token);
  }

  /** After a collection of what is garbage. */
  memory(): Promise<Memory> {
    return this.asked('memory');
  }

  /** The longest time for which its event loop was held up since this was asked last. */
  longestBlockMs(): Promise<number> {
    return this.asked('block');
  }

  /** How often the broker refused or cut for a reason since the start, as its metrics say. */
  async refusals(reason: string): Promise<number> {
    const answer = await fetch(`${this.url}/metrics`, { headers: { authorization: `Bearer ${this.token}` } });
    if (!answer.ok) throw new Error(`/metrics answered ${answer.status}`);
    const line = new RegExp(`^airbind_refusals_total\\{reason="${reason}"\\} (\\d+)$`, 'm');
    return Number(line.exec(await answer.text())?.[1] ?? 0);
  }

  private async asked<Q extends keyof Answers>(question: Q): Promise<Answers[Q]> {
    this.program.child.send(question);
    return (await this.program.message()) as Answers[Q];
  }
}

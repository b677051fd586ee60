// A gateway as a process of its own, on free ports of loopback: what `npm start` starts, stopped and killed like it.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TestCaller } from '../apps/gateway/gateway.fixture.js';
import { type Ended, Program } from './program.js';

export const gatewayEntry = 'dist/apps/gateway/main.js';

export const onFreePorts = (dataFolder: string): Record<string, string> => ({
  AIRBIND_DATA: dataFolder,
  HTTP_HOST: '127.0.0.1',
  MQTT_HOST: '127.0.0.1',
  HTTP_PORT: '0',
  PUBLIC_URL: 'http://127.0.0.1:0',
  MQTT_PORT: '0',
});

export class GatewayProcess {
  private constructor(
    private readonly program: Program,
    readonly url: string,
    readonly mqttPort: number,
    readonly operator: TestCaller,
  ) {}

  /** Resolves when it has said where it is. */
  static async start(
    dataFolder: string,
    environment: Readonly<Record<string, string>> = {},
  ): Promise<GatewayProcess> {
    const program = Program.start([gatewayEntry], { ...onFreePorts(dataFolder), ...environment });
    const said = await program.said(/certified alarm system/);
    const url = /interface +(http:\S+)\/docs/.exec(said)?.[1] ?? '';
    const port = /devices +mqtt:\/\/[^:]+:(\d+)/.exec(said)?.[1];
    const token = (await readFile(join(dataFolder, 'cli-token'), 'utf8')).trim();
    return new GatewayProcess(program, url, Number(port), new TestCaller(url, token));
  }

  get pid(): number {
    return this.program.pid;
  }

  /** What it has logged so far. */
  get log(): string {
    return this.program.complaints;
  }

  /** Resolves when it ends by itself. */
  get ended(): Promise<Ended> {
    return this.program.ended();
  }

  /** As a service manager stops it. */
  stop(): Promise<Ended> {
    return this.program.signal('SIGTERM');
  }

  /** As a power cut ends it, but for what the kernel still writes. */
  kill(): Promise<Ended> {
    return this.program.signal('SIGKILL');
  }
}

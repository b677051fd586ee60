// A whole gateway with an authority of its own, and devices, applications and people at its broker's doors.
import { expect } from '@jest/globals';
import { connectAsync, type IClientOptions, type MqttClient } from 'mqtt';
import { makeLamps, startTestGateway, TestCaller, type TestGateway } from '../gateway.fixture.js';

export type Lamp = Awaited<ReturnType<typeof makeLamps>>[number];

export class FrontDoor {
  private readonly secrets: string[] = [];
  private readonly clients: MqttClient[] = [];

  private constructor(
    readonly gateway: TestGateway,
    readonly operator: TestCaller,
    /** The authority's certificate, which devices trust. */
    readonly authority: string,
    readonly secureUrl: string,
    private readonly lamps: Lamp[],
  ) {}

  static async open(lamps = 24): Promise<FrontDoor> {
    const gateway = await startTestGateway();
    const operator = new TestCaller(gateway.url, gateway.cliToken);
    const devices = await makeLamps(gateway, lamps);
    const made = await operator.call('makeAuthority', { body: { names: ['gw.example'] } });
    const secureUrl = `mqtts://127.0.0.1:${made.tlsPort}`;
    return new FrontDoor(gateway, operator, made.certificate, secureUrl, devices);
  }

  async close(): Promise<void> {
    for (const client of this.clients) client.end(true);
    await this.gateway.close();
  }

  get plainUrl(): string {
    return `mqtt://127.0.0.1:${this.gateway.mqttPort}`;
  }

  /** One that nobody has used yet. */
  readonly freshLamp = (): Lamp => {
    const lamp = this.lamps.pop();
    if (!lamp) throw new Error('no lamp is left');
    this.secrets.push(lamp.secret);
    return lamp;
  };

  readonly connect = async (url: string, options: IClientOptions): Promise<MqttClient> => {
    const trust = url === this.secureUrl ? { ca: this.authority } : {};
    const client = await connectAsync(url, { ...trust, reconnectPeriod: 0, ...options }, false);
    client.on('error', () => {});
    this.clients.push(client);
    return client;
  };

  readonly certified = async (deviceId: string): Promise<{ cert: string; key: string }> => {
    const made = await this.operator.call('certifyDevice', { params: { deviceId }, body: {} });
    expect(made).toMatchObject({ deviceId, authority: this.authority });
    return { cert: made.certificate, key: made.privateKey ?? '' };
  };

  readonly shutOut = async (url: string, options: IClientOptions): Promise<void> => {
    await expect(this.connect(url, options)).rejects.toThrow('Not authorized');
  };

  readonly application = async (id: string, rules: { subscribe: string[]; publish: string[] }) => {
    const made = await this.operator.call('makeApplication', { body: { id, ...rules } });
    this.secrets.push(made.secret);
    return { ...made, login: { clientId: made.userName, username: made.userName, password: made.secret } };
  };

  /** Of at least so many secrets that were used, and of no key. */
  expectNoSecretInLog(atLeast: number): void {
    const log = this.gateway.log.join('');
    expect(log).toContain('credentials');
    expect(log).not.toMatch(/PRIVATE KEY|BEGIN CERTIFICATE/);
    expect(this.secrets.length).toBeGreaterThan(atLeast);
    for (const secret of this.secrets) expect(log).not.toContain(secret);
  }
}

export const bySecret = (id: string, secret: string) => ({ clientId: id, username: id, password: secret });

export const end = (client: MqttClient) =>
  new Promise(resolve => client.once('close', () => resolve('ended')));

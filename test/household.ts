// A household for end-to-end specs: a gateway with quick products, its people, and simulated devices that were made there.
import type { MadeDevice } from '#codecs/api';
import { fastPace, type HomeOptions, identitiesOf, prepareHome, type SimulatedHome } from '#firmware-sim';
import { startTestGateway, TestCaller, type TestGateway } from '../apps/gateway/gateway.fixture.js';
import { until } from './condition.js';
import { Person } from './person.js';
import { quickProducts } from './quick-products.js';

export const wifi = { ssid: '我的家 Home', password: 'a Wi-Fi password' };

export class Household {
  private readonly people: Person[] = [];
  private readonly homes: SimulatedHome[] = [];

  private constructor(
    readonly gateway: TestGateway,
    /** Whoever holds the token in the data folder. */
    readonly operator: TestCaller,
  ) {}

  static async open(environment: Record<string, string> = {}): Promise<Household> {
    const gateway = await startTestGateway({ WEBHOOK_ALLOW_PRIVATE: 'true', ...environment });
    const operator = new TestCaller(gateway.url, gateway.cliToken);
    for (const product of quickProducts) {
      await operator.call('putProduct', { params: { productId: product.id }, body: product });
    }
    return new Household(gateway, operator);
  }

  async person(name: string): Promise<Person> {
    const person = await Person.signUp(this.gateway, name);
    this.people.push(person);
    return person;
  }

  async make(product: string): Promise<MadeDevice> {
    const { devices } = await this.operator.call('makeBatch', { body: { product, count: 1 } });
    const [device] = devices;
    if (!device) throw new Error(`the gateway made no ${product}`);
    return device;
  }

  /** Devices that are switched off, and know their Wi-Fi unless it is said otherwise. */
  async homeOf(made: readonly MadeDevice[], options: Partial<HomeOptions> = {}): Promise<SimulatedHome> {
    const home = await prepareHome({
      identities: identitiesOf(made),
      broker: `mqtt://127.0.0.1:${this.gateway.mqttPort}`,
      wifi,
      seed: 7,
      provisioned: true,
      pace: fastPace,
      ...options,
    });
    this.homes.push(home);
    return home;
  }

  /** Devices that are connected. */
  async running(...made: readonly MadeDevice[]): Promise<SimulatedHome> {
    const home = await this.homeOf(made);
    await home.start();
    await home.all('connected');
    return home;
  }

  /** A gas sensor that runs and is theirs, by its button: that counts once the gateway has heard of it. */
  async sensorOf(
    owner: Person,
    name = 'Kitchen',
  ): Promise<{ made: MadeDevice; home: SimulatedHome; deviceId: string }> {
    const made = await this.make('gas-sensor');
    const home = await this.running(made);
    home.device('gas').press();
    const proof = { by: 'button' } as const;
    const deviceId = await until('the press counts', () => owner.bind(made.ticket, proof, name));
    return { made, home, deviceId };
  }

  async close(): Promise<void> {
    for (const person of this.people) person.leave();
    await Promise.all(this.homes.map(home => home.stop()));
    await this.gateway.close();
  }
}

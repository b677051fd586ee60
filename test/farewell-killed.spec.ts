// Somebody deletes their account and the gateway is killed at once: the next one goes on, and gives the certificate.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, it } from '@jest/globals';
import { TestCaller } from '../apps/gateway/gateway.fixture.js';
import { until } from './condition.js';
import { GatewayProcess } from './gateway-process.js';
import { addressOf, Person, passwordOf } from './person.js';
import { build } from './program.js';
import { quickProducts } from './quick-products.js';

const name = 'Quetzalcoatlus';

beforeAll(build, 240_000);

it('an account that was being deleted when the gateway was killed is gone after the next start', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'airbind-farewell-'));
  let gateway = await GatewayProcess.start(folder);
  try {
    const [product] = quickProducts;
    if (!product) throw new Error('no product');
    const harmless = { safetyClass: 'I', bindingPolicy: 'none' } as const;
    const body = { ...product, ...harmless, id: 'lamp', rules: [] };
    await gateway.operator.call('putProduct', { params: { productId: 'lamp' }, body });
    const { devices } = await gateway.operator.call('makeBatch', { body: { product: 'lamp', count: 3 } });
    const person = await Person.signUp(gateway, name);
    for (const { ticket } of devices) await person.bind(ticket, { by: 'none' }, 'Hall');
    const { token } = await person.call('leaveGateway', { body: { password: passwordOf(name) } });
    person.leave();
    await gateway.kill();

    gateway = await GatewayProcess.start(folder);
    const caller = new TestCaller(gateway.url);
    const certificate = await until(
      'there is a certificate',
      async () => (await caller.call('farewell', { params: { token } })).certificate ?? false,
      30_000,
    );
    expect(certificate.erasures.map(({ device }) => device.id).sort()).toEqual(
      devices.map(({ id }) => id).sort(),
    );
    const files = ['airbind.db', 'airbind.db-wal'].map(file => readFile(join(folder, file)));
    const bytes = Buffer.concat(await Promise.all(files));
    expect([name, addressOf(name)].filter(text => bytes.includes(text))).toEqual([]);
  } finally {
    await gateway.kill();
    await rm(folder, { recursive: true, force: true });
  }
});

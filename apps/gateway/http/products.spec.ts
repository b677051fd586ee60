// A product that its maker changes: what the change means for the devices that are out there already.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestGateway, TestCaller, type TestGateway } from '../gateway.fixture.js';

describe('a product that is put again', () => {
  let gateway: TestGateway;
  let operator: TestCaller;

  beforeAll(async () => {
    gateway = await startTestGateway();
    operator = new TestCaller(gateway.url, gateway.cliToken);
  });
  afterAll(() => gateway.close());

  it('is what its devices are shown and judged by from then on', async () => {
    const { devices } = await operator.call('makeBatch', { body: { product: 'camera', count: 1 } });
    const deviceId = devices[0]?.id ?? '';
    const before = await operator.call('device', { params: { deviceId } });
    expect(before.productPage.name.en).toBe('Camera');
    const product = { ...before.productPage, name: { zh: '门铃', en: 'Doorbell' } };
    await operator.call('putProduct', { params: { productId: 'camera' }, body: product });
    const after = await operator.call('device', { params: { deviceId } });
    expect(after.productPage.name).toEqual({ zh: '门铃', en: 'Doorbell' });
  });

  it('keeps the readings that devices of it report', async () => {
    await operator.call('makeBatch', { body: { product: 'gas-sensor', count: 1 } });
    const product = await operator.call('product', { params: { productId: 'gas-sensor' } });
    const bare = { ...product, readings: [], rules: [] };
    await expect(
      operator.call('putProduct', { params: { productId: 'gas-sensor' }, body: bare }),
    ).rejects.toThrow('product-in-use');
  });
});

// What a device is told of its binding: each change of it, at once or when it comes back, and never who.
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { until } from './condition.js';
import { Household } from './household.js';
import { PlainDevice } from './plain-device.js';

let house: Household;

beforeEach(async () => {
  house = await Household.open();
});
afterEach(() => house.close());

const told = ({ heard }: PlainDevice) =>
  heard.flatMap(({ kind, body }) => (kind === 'binding' ? [body as { state: string; epoch: number }] : []));

it('is told when it is bound, reported stolen, found again and given up, and who owns it is not in it', async () => {
  const made = await house.make('gas-sensor');
  const owner = await house.person('Lan');
  const device = await PlainDevice.connect(made, house.gateway.mqttPort);
  const hears = (state: string, epoch: number) =>
    until(`it hears ${state}`, () => told(device).some(each => each.state === state && each.epoch === epoch));
  await hears('unbound', 0);
  await device.event('button');
  const params = { deviceId: await owner.bind(made.ticket, { by: 'button' }) };
  await hears('bound', 1);
  await owner.call('lockDevice', { params });
  await hears('locked', 1);
  await owner.call('unlockDevice', { params });
  await until('it hears bound again', () => told(device).at(-1)?.state === 'bound');
  await owner.call('lockDevice', { params });
  await device.cut();
  await owner.call('unlockDevice', { params });
  const back = await PlainDevice.connect(made, house.gateway.mqttPort, 2);
  await until('it hears what happened meanwhile', () => told(back).at(-1)?.state === 'bound');
  await owner.call('release', { params });
  await until('it hears that it is nobodys', () => told(back).at(-1)?.state === 'unbound');
  expect(JSON.stringify([...told(device), ...told(back)])).not.toContain(owner.accountId);
});

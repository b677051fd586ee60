// The whole way of a box: `airbind provision` beside a simulated home, until each device is known by name and has proved it.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { topicOf } from '#codecs/wire';
import { fastPace, type Identity, prepareHome, type SimulatedHome } from '#firmware-sim';
import { StandInGateway } from '../../../firmware-sim/device/gateway.contract.js';
import { freeUdpPort } from '../../../test/free-port.js';
import { typed } from '../typed.fixture.js';

const wifi = { ssid: 'HomeNet-2G', password: 'secretpass' };
const identity = (id: string, mac: string): Identity => ({
  id,
  mac,
  secret: 's',
  kind: 'gas',
  name: id,
  product: 'gas-sensor',
});
const four = ['a', 'b', 'c', 'd'].map((name, index) => identity(`gas-${name}`, `02:00:5e:30:00:0${index}`));

let gateway: StandInGateway;
let home: SimulatedHome;

beforeEach(async () => {
  gateway = await StandInGateway.start();
});

afterEach(async () => {
  await home.cut();
  await gateway.stop();
});

describe('airbind provision beside a home of four', () => {
  it('names every device that joined, and each publishes the nonce that it alone was handed', async () => {
    const [first, second, discovery] = [await freeUdpPort(), await freeUdpPort(), await freeUdpPort()];
    home = await prepareHome({
      identities: four,
      broker: gateway.url,
      wifi,
      airkissPorts: [first, second],
      // Acknowledgements come in where the others still listen, as with the usual ports.
      ackPort: first,
      discoveryPort: discovery,
      pace: fastPace,
      seed: 3,
    });
    await home.start();
    const ports = ['--port', `${first}`, `${second}`, '--ack-port', `${first}`];
    const { status, out, err } = await typed([
      ...['provision', '--ssid', wifi.ssid, '--password', wifi.password, '--to', '127.255.255.255'],
      ...[...ports, '--discovery-port', `${discovery}`, '--expect', '4', '--json'],
    ]);
    expect({ status, err }).toMatchObject({ status: 0 });
    const { joined } = JSON.parse(out);
    expect(joined).toHaveLength(4);
    for (const { id, mac = '' } of four)
      expect(joined).toContainEqual({
        address: expect.stringMatching(/^127\.0\.0\.1[0-3]$/),
        mac: mac.replaceAll(':', ''),
        deviceType: 'gas-sensor',
        deviceId: id,
        nonce: expect.stringMatching(/^[0-9a-f]{32}$/),
      });
    const nonces = new Map(
      joined.map((device: { deviceId: string; nonce: string }) => [device.deviceId, device.nonce]),
    );
    expect(new Set(nonces.values()).size).toBe(4);
    for (const { id } of four) {
      const events = () => gateway.said<{ event: string; nonce?: string }>(topicOf(id, 'event'));
      await gateway.until(() => events().some(({ event }) => event === 'provisioned'));
      expect(events().filter(({ event }) => event === 'provisioned')).toMatchObject([
        { nonce: nonces.get(id) },
      ]);
    }
  });
});

// Where a provisioning is broadcast: addresses that were named, interfaces that were named, or the Wi-Fi there is.
import { frequencyMhz, ipv4Interfaces, isWifi, type NetworkInterface } from '#adapters/air';
import { type AirTarget, REQUEST_DEFAULTS } from '#domain/provisioning';
import { Failure } from '../failure.js';

export interface TargetOptions {
  readonly to?: readonly string[];
  readonly interface?: readonly string[];
}

export interface Targets {
  readonly targets: readonly [AirTarget, ...AirTarget[]];
  readonly warnings: readonly string[];
}

/** What can be known of a machine's network. */
export interface Machine {
  ipv4Interfaces(): NetworkInterface[];
  isWifi(name: string): boolean | undefined;
  frequencyMhz(name: string): Promise<number | undefined>;
}

const thisMachine: Machine = {
  ipv4Interfaces,
  isWifi: name => isWifi(name),
  frequencyMhz: name => frequencyMhz(name),
};

/** Throws Failure `usage` for an interface that there is not. */
export async function targetsOf(
  { to = [], interface: names = [] }: TargetOptions,
  machine = thisMachine,
): Promise<Targets> {
  const known = machine.ipv4Interfaces();
  const chosen = names.flatMap(name => interfacesNamed(name, known));
  const [first, ...rest] = [...to.map(address => ({ to: address })), ...chosen.map(targetOf)];
  if (first) return { targets: [first, ...rest], warnings: await warningsAbout(chosen, machine) };
  const [wifi, ...more] = known.filter(
    ({ name, isLoopback }) => !isLoopback && machine.isWifi(name) === true,
  );
  if (wifi)
    return {
      targets: [targetOf(wifi), ...more.map(targetOf)],
      warnings: await warningsAbout([wifi, ...more], machine),
    };
  return { targets: REQUEST_DEFAULTS.targets, warnings: noWifiWarning(known, machine) };
}

const targetOf = ({ address, broadcast }: NetworkInterface): AirTarget => ({ to: broadcast, from: address });

function interfacesNamed(name: string, known: readonly NetworkInterface[]): NetworkInterface[] {
  const found = known.filter(each => each.name === name);
  if (found.length > 0) return found;
  const names = [...new Set(known.map(each => each.name))].join(', ') || 'none';
  throw new Failure('usage', {
    sentence: `There is no interface "${name}" with an IPv4 address on this machine. Those that have one: ${names}.`,
  });
}

async function warningsAbout(interfaces: readonly NetworkInterface[], machine: Machine): Promise<string[]> {
  const reachable = interfaces.filter(({ isLoopback }) => !isLoopback);
  const warnings = await Promise.all(reachable.map(({ name }) => warningAbout(name, machine)));
  return warnings.flat();
}

async function warningAbout(name: string, machine: Machine): Promise<string[]> {
  if (machine.isWifi(name) === false)
    return [
      `${name} is not Wi-Fi: devices hear it only through an access point of the same network that relays broadcasts.`,
    ];
  const frequency = await machine.frequencyMhz(name);
  return frequency !== undefined && frequency >= 5_000
    ? [`${name} is on ${frequency} MHz: most devices hear 2.4 GHz only. Join the 2.4 GHz network first.`]
    : [];
}

/** Said only where the system can tell what is Wi-Fi. */
function noWifiWarning(known: readonly NetworkInterface[], machine: Machine): string[] {
  const cabled = known.filter(({ name, isLoopback }) => !isLoopback && machine.isWifi(name) === false);
  return cabled.length === 0
    ? []
    : [
        'This machine has no Wi-Fi that is connected: devices hear it only through an access point of the same network.',
      ];
}

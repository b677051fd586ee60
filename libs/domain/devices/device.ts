// A device as it was made, and what it last said of itself.
import type { DeviceInfo } from '#codecs/wire';

export interface Device {
  /** Also its MQTT client id and user name. */
  readonly id: string;
  readonly productId: string;
  readonly batch: number;
  readonly number: number;
  /** The key of the ring that its ticket and PIN were made with. */
  readonly keyId: number;
  /** Of its label: a reprint raises it. */
  readonly generation: number;
  /** No two devices have the same. */
  readonly serial: string;
  /** Of its network interface, in lower case with colons, when the maker told it. */
  readonly mac: string | null;
  /** SHA-256 of its 32 random bytes, hex; null until they have been handed out. */
  readonly secretHash: string | null;
  /** SHA-256 of the one client certificate that it may show, hex; null: it has none. */
  readonly certificateFingerprint: string | null;
  /** Since then neither its secret nor its certificate lets it in. */
  readonly revokedAt: number | null;
  /** In which epoch of its binding its secret was given: one of before an owner's loss may be in that owner's hands. */
  readonly secretEpoch: number;
  /** A new secret that it was handed and has not used yet. */
  readonly renewal: SecretRenewal | null;
  /** The hub that publishes for it. */
  readonly parentId: string | null;
  readonly createdAt: number;
}

export interface SecretRenewal {
  readonly secretHash: string;
  readonly epoch: number;
  /** When it was first handed out for that epoch: the secret before ends some time after. */
  readonly handedAt: number;
}

/** What shows who a device is. */
export type DeviceCredential = Pick<
  Device,
  'secretHash' | 'certificateFingerprint' | 'revokedAt' | 'secretEpoch' | 'renewal'
>;

/** The last known values, kept a device and epoch; written once a batch of the intake. */
export interface DeviceState {
  readonly deviceId: string;
  readonly epoch: number;
  /** Rises by one with each write: the fence of compare-and-set. */
  readonly version: number;
  readonly lastHeardAt: number | null;
  readonly latestAt: number | null;
  readonly values: Readonly<Record<string, number>>;
  readonly bits: Readonly<Record<string, boolean>>;
  readonly info: DeviceInfo | null;
  readonly snapshotAt: number | null;
}

export function blankState(deviceId: string, epoch: number): DeviceState {
  return {
    deviceId,
    epoch,
    version: 0,
    lastHeardAt: null,
    latestAt: null,
    values: {},
    bits: {},
    info: null,
    snapshotAt: null,
  };
}

/** What a device's PIN is derived from; a reprinted label keeps it. */
export function pinSubject({ keyId, batch, number }: Device): Pick<Device, 'keyId' | 'batch' | 'number'> {
  return { keyId, batch, number };
}

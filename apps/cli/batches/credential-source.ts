// Slices of a batch's credentials as the gateway hands them out, with certificates where they are wanted.
import { type BatchView, type CredentialSlice, certificatesACall } from '#codecs/api';
import { Failure } from '../failure.js';
import type { Surroundings } from '../gateway-command.js';
import { PatientGateway } from '../patient-gateway.js';
import type { GatewayOptions } from '../settings.js';
import type { CredentialedDevice } from './credential-rows.js';

interface SourceOptions extends GatewayOptions {
  readonly certificates?: boolean;
}

export interface Slice extends Omit<CredentialSlice, 'devices'> {
  readonly devices: readonly CredentialedDevice[];
}

export class CredentialSource {
  private readonly gateway: PatientGateway;
  /** Certificates take the most time of it: how many devices of this run have theirs. */
  certifiedSoFar: (count: number) => void = () => {};
  private missing = 0;
  private total = 0;

  constructor(
    surroundings: Surroundings,
    private readonly options: SourceOptions,
    private readonly batch: BatchView,
  ) {
    this.gateway = new PatientGateway(surroundings, options);
  }

  /** @param after how many the caller holds, by the receipt of the last. @param again void whatever was handed out before */
  async next(after: number, receipt: string | null, again: boolean): Promise<Slice> {
    const params = { batch: String(this.batch.id) };
    const slice = await this.gateway
      .call('exportCredentials', { params, body: { after, receipt, again } })
      .catch(error => {
        throw elsewhere(error);
      });
    return this.options.certificates ? { ...slice, devices: await this.certified(slice) } : slice;
  }

  /** For standard error; empty when all is well. */
  missingText(): string {
    return this.missing === 0
      ? ''
      : `${this.missing} of ${this.total} devices have no certificate. Give them one: airbind ca issue DEVICE\n`;
  }

  /** A hundred at a time: what fails on the way takes no secret from the devices. */
  private async certified({ devices }: CredentialSlice): Promise<CredentialedDevice[]> {
    const certified: CredentialedDevice[] = [];
    for (let from = 0; from < devices.length; from += certificatesACall) {
      const some = devices.slice(from, from + certificatesACall);
      const pairs = await this.pairsOf(some.map(({ id }) => id));
      this.missing += some.filter(({ id }) => !pairs.has(id)).length;
      certified.push(...some.map(device => ({ ...device, ...pairs.get(device.id) })));
      this.total += some.length;
      this.certifiedSoFar(this.total);
    }
    return certified;
  }

  private async pairsOf(deviceIds: string[]): Promise<ReadonlyMap<string, Pair>> {
    const made = await this.gateway.call('certifyDevices', { body: { deviceIds } }).catch(() => []);
    return new Map(
      made.map(({ deviceId, certificate, privateKey }) => [
        deviceId,
        { certificate, privateKey: privateKey ?? undefined },
      ]),
    );
  }
}

type Pair = Pick<CredentialedDevice, 'certificate' | 'privateKey'>;

function elsewhere(error: unknown): unknown {
  if (!(error instanceof Failure && error.code === 'export-elsewhere')) return error;
  const sentence =
    'Credentials of this batch were handed out to another file, or are right now. Go on there with the same command; or begin again with "airbind batches export … --again", and what was handed out stops working.';
  return new Failure('export-elsewhere', { sentence });
}

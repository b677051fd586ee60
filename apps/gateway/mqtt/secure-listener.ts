// MQTT over TLS: opened when there is a certificate to show, and shown the present one from time to time.
import { Injectable, Logger } from '@nestjs/common';
import { Broker, type TlsIdentity } from '#adapters/broker';
import { PrivateAuthority } from '#domain/certificates';
import { Clock } from '#domain/clock';
import { DomainError } from '#domain/errors';
import { readAuthorityFile, readTlsFiles } from '../start-up/tls-files.js';

/** Paths of PEM files, null for those that are not set, and whether clients must show a certificate. */
export abstract class TlsTerms {
  abstract readonly tlsCertificate: string | null;
  abstract readonly tlsKey: string | null;
  abstract readonly tlsAuthority: string | null;
  abstract readonly tlsClientCertificate: 'optional' | 'required';
}

/** Files are replaced by whoever renews them, and the gateway's own certificate ends some day. */
const renewEveryMs = 86_400_000;

@Injectable()
export class SecureListener {
  /** Null as long as there is no certificate to show. */
  port: number | null = null;

  private readonly logger = new Logger('SecureListener');
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly broker: Broker,
    private readonly authority: PrivateAuthority,
    private readonly terms: TlsTerms,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `settings-invalid`, `file-unreadable`, `port-busy`. */
  async open(): Promise<number | null> {
    await this.show();
    this.timer = setInterval(() => void this.renew(), renewEveryMs).unref();
    return this.port;
  }

  /** Reads the files again; what cannot be read is logged, and what was shown before stays. */
  async renew(): Promise<void> {
    try {
      await this.show();
    } catch (fault) {
      this.logger.error({ event: 'mqtt-tls-not-renewed', fault: explained(fault) });
    }
  }

  /** @throws what `open` throws; connections stay as they are. */
  async show(): Promise<void> {
    const identity = await this.identity();
    if (identity !== null) this.port = (await this.broker.secure(identity)).port;
  }

  close(): void {
    clearInterval(this.timer);
  }

  /** The operator's files before the private authority's; null when there is neither. */
  private async identity(): Promise<TlsIdentity | null> {
    const now = this.clock.now();
    const { tlsCertificate, tlsKey, tlsAuthority, tlsClientCertificate } = this.terms;
    const files = await readTlsFiles(tlsCertificate, tlsKey, now);
    const theirs = await readAuthorityFile(tlsAuthority, now);
    const own = await this.authority.state();
    const shown = files ?? (await this.authority.server());
    if (shown === null) return null;
    const { certificate, privateKey } = shown;
    const clientAuthorities = own ? [...theirs, own.certificate] : theirs;
    const needsCertificate = tlsClientCertificate === 'required';
    if (needsCertificate && clientAuthorities.length === 0) throw nobodyCouldComeIn();
    return { certificate, privateKey, clientAuthorities, needsCertificate };
  }
}

function nobodyCouldComeIn(): DomainError {
  const message =
    'takes required only where somebody vouches for devices: set MQTT_TLS_CA, or run airbind ca create';
  return new DomainError('settings-invalid', {
    faults: [{ field: 'MQTT_TLS_CLIENT_CERTIFICATE', message }],
  });
}

function explained(fault: unknown): string {
  const details = (fault as { details?: { faults?: readonly { field: string; message: string }[] } }).details;
  const faults = (details?.faults ?? []).map(({ field, message }) => `${field} ${message}`);
  return [String(fault), ...faults].join('; ');
}

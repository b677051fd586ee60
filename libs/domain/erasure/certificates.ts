// Writes certificates of deletion in the gateway's name, with a key that comes from the key ring.
import { Injectable } from '@nestjs/common';
import type { ErasureCertificate } from '#codecs/api';
import { certificateKey, certificateKeys, type PublicCertificateKey } from '#codecs/ticket';
import { type Device, KeyRingSource, PublicUrl } from '#domain/devices';
import { signed } from './certificate.js';
import type { Erasure, PastPeriod } from './erasure.store.js';

/** What no erasure reaches; `docs/personal-data.md` has it at length. */
const remains = {
  zh: '不包括：绑定记录（谁在何时拥有设备）；他人收到的通知；已发往别处的消息；数据库的备份与日志副本。',
  en: 'Not covered: the ledger of whose the device was when; what other people were told; what was sent elsewhere; backups and copies of the database and its logs.',
} as const;

@Injectable()
export class Certificates {
  constructor(
    private readonly keys: KeyRingSource,
    private readonly publicUrl: PublicUrl,
  ) {}

  get publicKeys(): PublicCertificateKey[] {
    return certificateKeys(this.keys.current());
  }

  for(device: Device, period: PastPeriod, { askedAt, erased }: Erasure, at: number): ErasureCertificate {
    return this.sign({
      format: 1,
      device: { id: device.id, serial: device.serial },
      epoch: period.epoch,
      from: textOf(period.from),
      to: textOf(period.to),
      askedBy: period.accountId,
      askedAt: textOf(askedAt),
      erasedAt: textOf(at),
      erased,
      remains,
    });
  }

  /** In the gateway's name, and by its present key. */
  sign<const S extends object>(
    statement: S,
  ): S & Pick<ErasureCertificate, 'gateway' | 'keyId' | 'signature'> {
    const ring = this.keys.current();
    const keyId = ring.current;
    const key = certificateKey(ring, keyId);
    if (key === null) throw new Error('the key ring does not hold its own key');
    return signed({ ...statement, gateway: this.publicUrl.href, keyId }, key);
  }
}

const textOf = (ms: number): string => new Date(ms).toISOString();

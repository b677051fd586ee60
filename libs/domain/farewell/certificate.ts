// What the certificate of a farewell says.
import type { ErasureCertificate, FarewellCertificate } from '#codecs/api';
import type { Farewell } from './farewell.js';

/** What no farewell reaches; `docs/personal-data.md` has it at length. */
const remains = {
  zh: '不包括：绑定记录（不含姓名和地址）；本人写给他人的文字；已发往别处的消息；数据库的备份与日志副本。',
  en: 'Not covered: the ledger of whose a device was when, without name and address; what the person wrote to others; what was sent elsewhere; backups and copies of the database and its logs.',
} as const;

/** @param removedAt when nothing of the account was left */
export function certificateOf(
  { accountId: account, askedAt, removed }: Farewell,
  removedAt: number,
  erasures: readonly ErasureCertificate[],
): Omit<FarewellCertificate, 'gateway' | 'keyId' | 'signature'> {
  return {
    format: 1,
    ...{ account, askedAt: textOf(askedAt), removedAt: textOf(removedAt) },
    ...{ removed, erasures: [...erasures], remains },
  };
}

const textOf = (ms: number): string => new Date(ms).toISOString();

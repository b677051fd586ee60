// How a person shows that the device is in their hands, by the product's policy.
import { useTranslation } from 'react-i18next';
import type { BindingPolicy } from '#codecs/api';
import { BindForm } from './bind-form.js';
import { Possession } from './possession.js';

interface Props {
  readonly ticket: string;
  readonly policy: BindingPolicy;
  readonly windowUntil: number | null;
}

export function Prove({ ticket, policy, windowUntil }: Props) {
  const { t } = useTranslation();
  switch (policy) {
    case 'button':
      return <Possession ticket={ticket} windowUntil={windowUntil} />;
    case 'provisioned':
      return (
        <div className="scan-step">
          <h2>{t('scan.proveTitle')}</h2>
          <p>{t('scan.provisioned')}</p>
          <BindForm ticket={ticket} by="provisioned" />
        </div>
      );
    case 'pin':
      return (
        <div className="scan-step">
          <h2>{t('scan.proveTitle')}</h2>
          <p>{t('scan.pin')}</p>
          <BindForm ticket={ticket} by="pin" />
        </div>
      );
    case 'none':
      return (
        <div className="scan-step">
          <p>{t('scan.none')}</p>
          <BindForm ticket={ticket} by="none" />
        </div>
      );
    default:
      return policy satisfies never;
  }
}

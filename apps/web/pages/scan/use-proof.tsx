// The proof of possession that a product wants, and the field in which a person gives it, if it takes one.
import { type ReactNode, type Ref, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';
import type { BindingPolicy, Proof } from '#codecs/api';
import { Field } from '../../parts/field.js';

/** @param first where the focus goes when there is a field */
export function useProof(
  by: BindingPolicy,
  first?: Ref<HTMLInputElement>,
): { proof: Proof; field: ReactNode } {
  const { t } = useTranslation();
  const { hash } = useLocation();
  // The sender of AirKiss ends with a link that has the nonce behind the hash: that part is sent to nobody.
  const [said, setSaid] = useState(() => (by === 'provisioned' ? hash.replace(/^#/, '') : ''));
  switch (by) {
    case 'pin':
      return {
        proof: { by, pin: said },
        field: (
          <Field
            label={t('scan.pinLabel')}
            hint={t('scan.pinHint')}
            ref={first}
            className="pin"
            inputMode="numeric"
            autoComplete="one-time-code"
            required
            pattern="\d{6,12}"
            maxLength={12}
            value={said}
            onChange={event => setSaid(event.target.value)}
          />
        ),
      };
    case 'provisioned':
      return {
        proof: { by, nonce: said },
        field: (
          <Field
            label={t('scan.nonceLabel')}
            hint={t('scan.nonceHint')}
            ref={first}
            autoComplete="off"
            required
            pattern="[0-9a-f]{32}"
            maxLength={32}
            value={said}
            onChange={event => setSaid(event.target.value.trim().toLowerCase())}
          />
        ),
      };
    case 'button':
    case 'none':
      return { proof: { by }, field: null };
    default:
      return by satisfies never;
  }
}

// The name of a device, which its owner may change, with what it is and whether it is heard.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeviceDetailView } from '#codecs/api';
import { call } from '../../gateway/call.js';
import { applyLiveEvent } from '../../gateway/live-cache.js';
import { keys } from '../../gateway/queries.js';
import { ActionButton } from '../../parts/action-button.js';
import { FailureNote } from '../../parts/failure-note.js';
import { Field } from '../../parts/field.js';
import { PresenceMark } from '../../parts/presence-mark.js';
import { ProductPicture } from '../../parts/product-picture.js';
import { Sign } from '../../parts/sign.js';
import { useText } from '../../texts/use-locale.js';

export function DeviceHead({ device }: { device: DeviceDetailView }) {
  const { t } = useTranslation();
  const text = useText();
  const [renaming, setRenaming] = useState(false);
  return (
    <div className="device-head">
      <span className={`device-picture ground-${device.product.icon}`}>
        <ProductPicture icon={device.product.icon} />
      </span>
      <div className="device-head-text">
        {renaming ? (
          <>
            <h1 className="only-read">{device.name}</h1>
            <Rename device={device} done={() => setRenaming(false)} />
          </>
        ) : (
          <div className="device-name">
            <h1 tabIndex={-1}>{device.name}</h1>
            {device.standing.may.includes('own') && (
              <button
                type="button"
                className="button-icon"
                aria-label={t('device.rename')}
                onClick={() => setRenaming(true)}
              >
                <Sign name="pencil" />
              </button>
            )}
          </div>
        )}
        <p className="device-product">{text(device.product.name)}</p>
        <PresenceMark presence={device.presence} long />
        {device.presence.state === 'unknown' && <p className="hint">{t('device.unknownText')}</p>}
        {device.presence.state === 'waiting' && <p className="hint">{t('device.never')}</p>}
      </div>
    </div>
  );
}

/** One function for all times: a new one would be called, and take the focus back, at every live reading. */
const focusOnce = (input: HTMLInputElement | null) => input?.focus();

function Rename({ device, done }: { device: DeviceDetailView; done: () => void }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const [name, setName] = useState(device.name);
  const rename = useMutation({
    mutationFn: () => call('changeDevice', { params: { deviceId: device.id }, body: { name: name.trim() } }),
    onSuccess: changed => {
      applyLiveEvent(cache, { name: 'device', data: changed });
      // Alarms carry the name of their device.
      for (const queryKey of [keys.ledger(device.id), keys.alarms])
        void cache.invalidateQueries({ queryKey });
      done();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    rename.mutate();
  };
  return (
    <form className="rename" onSubmit={submit}>
      <Field
        label={t('device.name')}
        value={name}
        onChange={event => setName(event.target.value)}
        ref={focusOnce}
        required
        maxLength={80}
        pattern=".*\S.*"
      />
      <FailureNote fault={rename.error} />
      <div className="row">
        <ActionButton type="submit" busy={rename.isPending}>
          {t('common.save')}
        </ActionButton>
        <button type="button" className="button button-plain" onClick={done}>
          {t('common.cancel')}
        </button>
      </div>
    </form>
  );
}

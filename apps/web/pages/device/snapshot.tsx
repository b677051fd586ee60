// The last picture of a camera; a new one replaces it without a flash.
import { useTranslation } from 'react-i18next';
import { type DeviceView, pathOf, streams } from '#codecs/api';
import { useClockText } from '../../parts/clock.js';

export function Snapshot({ device, takenAt }: { device: DeviceView; takenAt: number }) {
  const { t } = useTranslation();
  const clock = useClockText();
  // The time in the address makes it another picture for the browser.
  const address = `${pathOf(streams.snapshot, { deviceId: device.id })}?at=${takenAt}`;
  return (
    <figure className="snapshot">
      <img
        src={address}
        alt={t('device.pictureAlt', { name: device.name, time: clock(takenAt) })}
        width={640}
        height={360}
      />
      <figcaption>{clock(takenAt)}</figcaption>
    </figure>
  );
}

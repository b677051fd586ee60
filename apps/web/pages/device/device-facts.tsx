// What is printed on a device and what it says about itself.
import { useTranslation } from 'react-i18next';
import type { DeviceDetailView } from '#codecs/api';
import { Section } from '../../parts/section.js';
import { useText } from '../../texts/use-locale.js';

export function DeviceFacts({ device }: { device: DeviceDetailView }) {
  const { t } = useTranslation();
  const text = useText();
  const { about, link } = device.productPage.page;
  return (
    <Section title={t('device.about')}>
      <p>{text(about)}</p>
      <dl className="facts">
        <dt>{t('device.serial')}</dt>
        <dd className="code">{device.serial}</dd>
        {device.firmware !== null && (
          <>
            <dt>{t('device.firmware')}</dt>
            <dd className="code">{device.firmware}</dd>
          </>
        )}
        {device.power !== null && (
          <>
            <dt>{t('device.power')}</dt>
            <dd>{t(`device.${device.power}`)}</dd>
          </>
        )}
        <dt>{t('device.interval')}</dt>
        <dd>{t('device.seconds', { seconds: device.intervalS })}</dd>
      </dl>
      {link && (
        <a href={link} rel="noreferrer" target="_blank">
          {t('device.more')}
        </a>
      )}
    </Section>
  );
}

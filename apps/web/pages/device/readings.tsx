// What a device measures now, each value with its scale.
import { useTranslation } from 'react-i18next';
import type { DeviceDetailView } from '#codecs/api';
import { type Gauge, gaugeOf } from '../../model/gauge.js';
import { type Line, linesOf, numberText } from '../../model/reading.js';
import { useClockText } from '../../parts/clock.js';
import { Section } from '../../parts/section.js';
import { useLocale } from '../../texts/use-locale.js';

export function Readings({ device }: { device: DeviceDetailView }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const clock = useClockText();
  const { latest, productPage: product } = device;
  const lines = linesOf(latest, product, locale);
  const declared = product.readings.length + product.bits.length;
  // A camera that measures nothing has no need of an empty section.
  if (declared === 0 && lines.length === 0) return null;
  const measured = latest && (
    <span className="quiet">{t('device.measured', { time: clock(latest.at) })}</span>
  );
  return (
    <Section title={t('device.readings')} aside={measured}>
      {lines.length === 0 && <p className="quiet">{t('device.noReadings', { seconds: device.intervalS })}</p>}
      <div className={device.presence.state === 'online' ? 'tiles' : 'tiles tiles-old'}>
        {lines.map(line => {
          const reading = product.readings.find(candidate => candidate.name === line.name);
          const value = latest?.values[line.name];
          const gauge = reading && value !== undefined ? gaugeOf(reading, product, value) : undefined;
          return <Tile key={line.name} line={line} gauge={gauge} />;
        })}
      </div>
    </Section>
  );
}

function Tile({ line, gauge }: { line: Line; gauge: Gauge | undefined }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const height = gauge?.threshold;
  return (
    <div className={gauge?.over ? 'tile tile-over' : 'tile'}>
      <p className="tile-label">{line.label}</p>
      <p className="tile-value">
        {line.text}
        {line.unit && <small> {line.unit}</small>}
      </p>
      {gauge && (
        <svg className="gauge" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
          <rect className="gauge-ground" width="100" height="6" />
          <rect className="gauge-fill" width={gauge.fill * 100} height="6" />
          {gauge.mark !== null && (
            <rect className="gauge-mark" x={gauge.mark * 100 - 0.4} width="0.8" height="6" />
          )}
        </svg>
      )}
      {height != null && (
        <p className="hint">
          {t('device.alarmFrom', { value: `${numberText(height, locale)} ${line.unit}` })}
        </p>
      )}
    </div>
  );
}

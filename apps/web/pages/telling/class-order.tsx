// The channels for one class of alarms: in the usual order, or in an order of the person's own.
import { useTranslation } from 'react-i18next';
import type { AlarmClass, ChannelKind } from '#codecs/api';
import { movedEarlier, rowsOf, toggled, usualOrder } from '../../model/channel-order.js';
import { useLocale } from '../../texts/use-locale.js';
import { wordText } from '../../texts/word-texts.js';

interface Props {
  readonly of: AlarmClass;
  /** Undefined: the usual one. */
  readonly order: readonly ChannelKind[] | undefined;
  readonly onChange: (order: ChannelKind[] | undefined) => void;
}

export function ClassOrder({ of, order, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <fieldset className="class-order">
      <legend>{t(`telling.class.${of}`)}</legend>
      <p className="hint">{t(`telling.classText.${of}`)}</p>
      <label className="tick">
        <input
          type="checkbox"
          checked={order === undefined}
          onChange={() => onChange(order === undefined ? [...usualOrder] : undefined)}
        />
        {t('telling.usual')}
      </label>
      {order && <OwnOrder of={of} order={order} onChange={onChange} />}
    </fieldset>
  );
}

function OwnOrder({ of, order, onChange }: Props & { readonly order: readonly ChannelKind[] }) {
  const { t } = useTranslation();
  const locale = useLocale();
  return (
    <>
      <ol className="channel-order">
        {rowsOf(order).map(({ channel, isUsed }, place) => {
          const name = wordText(locale, 'channel', channel);
          return (
            <li key={channel}>
              <label className="tick">
                <input type="checkbox" checked={isUsed} onChange={() => onChange(toggled(order, channel))} />
                {name}
              </label>
              {/* Not disabled, so that the focus stays when the first place is reached. */}
              <button
                type="button"
                className="button button-plain"
                aria-disabled={!isUsed || place === 0}
                onClick={() => onChange(movedEarlier(order, channel))}
              >
                {t('telling.earlier')}
                <span className="only-read"> {name}</span>
              </button>
            </li>
          );
        })}
      </ol>
      {of === 'L' && <p className="hint">{t('telling.neverOff')}</p>}
      {of !== 'L' && order.length === 0 && <p className="hint">{t('telling.pageOnly')}</p>}
    </>
  );
}

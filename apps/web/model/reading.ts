// A device's latest values and bits as lines to show, in the words of its product.
import type { DeviceView, Locale, Product } from '#codecs/api';

export interface Line {
  readonly name: string;
  readonly label: string;
  readonly text: string;
  readonly unit: string;
}

type Vocabulary = Pick<Product, 'readings' | 'bits'>;

/** Values first. Without a product the reading's own name must do: its last part is its unit (`co.ppm`). */
export function linesOf(
  latest: Pick<NonNullable<DeviceView['latest']>, 'values' | 'bits'> | null,
  product: Vocabulary | undefined,
  locale: Locale,
): readonly Line[] {
  if (!latest) return [];
  const values = Object.entries(latest.values).map(([name, value]): Line => {
    const reading = product?.readings.find(candidate => candidate.name === name);
    return {
      name,
      label: reading?.label[locale] ?? name.split('.')[0] ?? name,
      text: numberText(value, locale),
      unit: reading?.unit ?? name.split('.').at(-1) ?? '',
    };
  });
  const bits = Object.entries(latest.bits).map(([name, on]): Line => {
    const bit = product?.bits.find(candidate => candidate.name === name);
    return {
      name,
      label: bit?.label[locale] ?? name,
      text: bit ? (on ? bit.on : bit.off)[locale] : on ? '●' : '○',
      unit: '',
    };
  });
  return [...values, ...bits];
}

/** One value or bit as it is said in a sentence. */
export function saidValue(
  name: string,
  value: number | boolean,
  product: Vocabulary | undefined,
  locale: Locale,
): string {
  const said =
    typeof value === 'number'
      ? { values: { [name]: value }, bits: {} }
      : { values: {}, bits: { [name]: value } };
  return linesOf(said, product, locale)
    .map(({ text, unit }) => (unit === '' ? text : `${text} ${unit}`))
    .join('');
}

/** At most one decimal: a gas sensor's second decimal is noise. */
export function numberText(value: number, locale: Locale): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(value);
}

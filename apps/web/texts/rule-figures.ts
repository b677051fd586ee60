// The figures of a rule in words and units: "Alarm from 10 %LEL", and never the name that a program has for it.
import type { Locale, Product, Rule } from '#codecs/api';
import { numberText } from '../model/reading.js';
import { type FigureName, ruleTexts } from './subjects/rule.js';

export interface RuleFigure {
  readonly name: FigureName;
  readonly label: string;
  readonly text: string;
}

/** What calls readings and signals by their names for people. */
type Vocabulary = Pick<Product, 'readings' | 'bits'>;

/** Not set, these stand for what is usual for the region, the place or the report interval; others stand for nothing. */
const usualWhenNotSet: ReadonlySet<FigureName> = new Set(['points', 'afterS']);

/** What a figure is measured in, by the end of its name. */
const measures: readonly (readonly [RegExp, (figure: number, locale: Locale) => string])[] = [
  [/Lel$/, (figure, locale) => `${numberText(figure, locale)} %LEL`],
  [/ppm$/i, (figure, locale) => `${numberText(figure, locale)} ppm`],
  [/PerS$/, numberText],
  [/S$/, durationText],
  [/Percent$/, (figure, locale) => `${numberText(figure, locale)} %`],
  [/Days$/, (figure, locale) => unitText(figure, 'day', locale)],
  [/Months$/, (figure, locale) => unitText(figure, 'month', locale)],
];

/** @param product undefined: readings and signals keep the names that the device has for them */
export function ruleFigures(rule: Rule, locale: Locale, product?: Vocabulary): RuleFigure[] {
  const { id: _id, kind: _kind, ...figures } = rule;
  const { figures: labels } = ruleTexts[locale];
  return Object.entries(figures).flatMap(([key, value]) => {
    const name = key as FigureName;
    return value === undefined
      ? []
      : { name, label: labels[name], text: figureText(name, value, locale, product) };
  });
}

function figureText(name: FigureName, value: unknown, locale: Locale, product?: Vocabulary): string {
  const t = ruleTexts[locale];
  if (value === null) return usualWhenNotSet.has(name) ? t.usual : t.notSet;
  if (Array.isArray(value)) return value.map(each => figureText(name, each, locale, product)).join(', ');
  if (typeof value === 'number') return measured(name, value, locale);
  // A point of a dose: so much for so long.
  if (typeof value === 'object')
    return Object.entries(value)
      .map(([part, figure]) => measured(part, Number(figure), locale))
      .join(' / ');
  return named(name, String(value), locale, product);
}

function measured(name: string, figure: number, locale: Locale): string {
  const [, text = numberText] = measures.find(([end]) => end.test(name)) ?? [];
  return text(figure, locale);
}

function named(name: FigureName, word: string, locale: Locale, product?: Vocabulary): string {
  const { gases, places } = ruleTexts[locale];
  const declared = [...(product?.readings ?? []), ...(product?.bits ?? [])];
  const words: Readonly<Record<string, string>> = name === 'gas' ? gases : name === 'place' ? places : {};
  return declared.find(each => each.name === word)?.label[locale] ?? words[word] ?? word;
}

const steps = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const;

/** In the largest unit of which it is a whole number. */
function durationText(seconds: number, locale: Locale): string {
  const [unit, length] = steps.find(([, length]) => seconds > 0 && seconds % length === 0) ?? ['second', 1];
  return unitText(seconds / length, unit, locale);
}

function unitText(
  amount: number,
  unit: 'month' | 'day' | 'hour' | 'minute' | 'second',
  locale: Locale,
): string {
  // "84 mths" is no word.
  const unitDisplay = unit === 'month' ? 'long' : 'short';
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay }).format(amount);
}

// A few things of which one holds, side by side.
import { useId } from 'react';

interface Props<T extends string> {
  readonly legend: string;
  readonly hideLegend?: boolean;
  readonly options: readonly { readonly value: T; readonly text: string; readonly lang?: string }[];
  readonly value: T;
  readonly onChange: (value: T) => void;
}

export function Choice<T extends string>({ legend, hideLegend = false, options, value, onChange }: Props<T>) {
  const name = useId();
  return (
    <fieldset className="choice">
      <legend className={hideLegend ? 'only-read' : undefined}>{legend}</legend>
      <div className="choice-options">
        {options.map(option => (
          <label key={option.value} lang={option.lang}>
            <input
              type="radio"
              name={name}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
            />
            <span>{option.text}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

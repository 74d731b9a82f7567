import { type ComponentProps, useId } from 'react';
import { describedBy, FieldFrame, type FieldText } from './field-frame.tsx';

type Option = { value: string; label: string };
type SelectProps = FieldText & Omit<ComponentProps<'select'>, 'name'> & { name: string; options: readonly Option[] };

/** The browser's own select. */
export function Select({ label, hint, errors, hideLabel, optional, options, className = '', ...select }: SelectProps) {
  const own = useId();
  const id = select.id ?? own;
  return (
    <FieldFrame {...{ id, label, hint, errors, hideLabel, optional }}>
      <select
        // React ignores a changed default of a select: a new default needs a new element.
        key={String(select.defaultValue ?? '')}
        {...select}
        {...describedBy(id, { hint, errors })}
        id={id}
        className={`control ${className}`}
      >
        {options.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    </FieldFrame>
  );
}

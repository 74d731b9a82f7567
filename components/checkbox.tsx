import { type ComponentProps, useId } from 'react';
import { describedBy, FieldErrors, type FieldText } from './field-frame.tsx';

type CheckboxProps = Omit<FieldText, 'hideLabel' | 'optional'> &
  Omit<ComponentProps<'input'>, 'name' | 'type'> & { name: string };

/** A checkbox with its label, hint and errors. */
export function Checkbox({ label, hint, errors, ...input }: CheckboxProps) {
  const own = useId();
  const id = input.id ?? own;
  return (
    <div className="check">
      <input {...input} {...describedBy(id, { hint, errors })} type="checkbox" id={id} />
      <div className="min-w-0">
        {/* The whole row can be clicked. */}
        <label htmlFor={id} className="block after:absolute after:inset-0">
          {label}
        </label>
        {hint && (
          <p id={`${id}-hint`} className="field-hint">
            {hint}
          </p>
        )}
        <FieldErrors id={id} errors={errors} />
      </div>
    </div>
  );
}

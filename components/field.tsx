import { type ComponentProps, useId } from 'react';
import { describedBy, FieldFrame, type FieldText } from './field-frame.tsx';

type FieldProps = FieldText & Omit<ComponentProps<'input'>, 'name'> & { name: string };

/** A text field of one line with its label, hint and errors. */
export function Field({ label, hint, errors, hideLabel, optional, className = '', ...input }: FieldProps) {
  const own = useId();
  const id = input.id ?? own;
  return (
    <FieldFrame {...{ id, label, hint, errors, hideLabel, optional }}>
      <input type="text" {...input} {...describedBy(id, { hint, errors })} id={id} className={`control ${className}`} />
    </FieldFrame>
  );
}

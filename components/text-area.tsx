import { type ComponentProps, useId } from 'react';
import { describedBy, FieldFrame, type FieldText } from './field-frame.tsx';

type TextAreaProps = FieldText & Omit<ComponentProps<'textarea'>, 'name'> & { name: string };

export function TextArea({ label, hint, errors, hideLabel, optional, className = '', ...area }: TextAreaProps) {
  const own = useId();
  const id = area.id ?? own;
  return (
    <FieldFrame {...{ id, label, hint, errors, hideLabel, optional }}>
      <textarea rows={3} {...area} {...describedBy(id, { hint, errors })} id={id} className={`control ${className}`} />
    </FieldFrame>
  );
}

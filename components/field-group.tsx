import { type ReactNode, useId } from 'react';
import { FieldErrors } from './field-frame.tsx';

type FieldGroupProps = {
  legend: ReactNode;
  hint?: ReactNode;
  errors?: readonly string[] | undefined;
  children: ReactNode;
};

/** Several controls under one legend. */
export function FieldGroup({ legend, hint, errors, children }: FieldGroupProps) {
  const id = useId();
  const described = [hint && `${id}-hint`, errors?.length && `${id}-errors`].filter(Boolean).join(' ');
  return (
    <fieldset
      className="min-w-0"
      aria-describedby={described || undefined}
      data-invalid={!!errors?.length || undefined}
    >
      <legend className="field-label">{legend}</legend>
      {hint && (
        <p id={`${id}-hint`} className="field-hint">
          {hint}
        </p>
      )}
      {children}
      <FieldErrors id={id} errors={errors} />
    </fieldset>
  );
}

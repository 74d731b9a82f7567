import type { ReactNode } from 'react';
import { Icon } from './icon.tsx';

export type FieldText = {
  label: ReactNode;
  hint?: ReactNode;
  errors?: readonly string[] | undefined;
  /** Shows the label to screen readers only. */
  hideLabel?: boolean | undefined;
  optional?: boolean | undefined;
};

/** The attributes that connect a control with its hint and its errors. */
export function describedBy(id: string, { hint, errors }: Pick<FieldText, 'hint' | 'errors'>) {
  const ids = [hint && `${id}-hint`, errors?.length && `${id}-errors`].filter(Boolean);
  return { 'aria-describedby': ids.join(' ') || undefined, 'aria-invalid': errors?.length ? true : undefined };
}

export function FieldErrors({ id, errors }: { id: string; errors?: readonly string[] | undefined }) {
  if (!errors?.length) return null;
  return (
    <ul id={`${id}-errors`} className="field-errors">
      {errors.map((error) => (
        <li key={error} className="iconed">
          <Icon name="alert" />
          {error}
        </li>
      ))}
    </ul>
  );
}

/** The label of one control; `optional` is said, required is not. */
export function FieldLabel({ htmlFor, label, hideLabel, optional }: FieldText & { htmlFor: string }) {
  return (
    <label htmlFor={htmlFor} className={hideLabel ? 'sr-only' : 'field-label'}>
      {label}
      {optional && <span className="optional"> (optional)</span>}
    </label>
  );
}

/** Label, hint, control and errors; the style sheet of the portal shows the hint below the control. */
export function FieldFrame({ id, children, ...text }: FieldText & { id: string; children: ReactNode }) {
  return (
    <div className="field">
      <FieldLabel htmlFor={id} {...text} />
      {text.hint && (
        <p id={`${id}-hint`} className="field-hint">
          {text.hint}
        </p>
      )}
      {children}
      <FieldErrors id={id} errors={text.errors} />
    </div>
  );
}

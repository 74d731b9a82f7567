import type { ReactNode } from 'react';

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
    <ul id={`${id}-errors`} className="mt-1 text-sm text-danger [overflow-wrap:anywhere]">
      {errors.map((error) => (
        <li key={error}>{error}</li>
      ))}
    </ul>
  );
}

/** Label, hint, control and errors; the visible order is the reading order. */
export function FieldFrame({
  id,
  label,
  hint,
  errors,
  hideLabel,
  optional,
  children,
}: FieldText & { id: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <label htmlFor={id} className={hideLabel ? 'sr-only' : 'mb-1 block font-medium'}>
        {label}
        {optional && <span className="font-normal text-soft"> (optional)</span>}
      </label>
      {hint && (
        <p id={`${id}-hint`} className="mb-2 text-sm text-soft">
          {hint}
        </p>
      )}
      {children}
      <FieldErrors id={id} errors={errors} />
    </div>
  );
}

import { textsOf, type Values } from '#lib/portal/forms';
import type { FormField } from './form-field.ts';

/** A form's values, for people who may not edit. */
export function Facts({ fields, values }: { fields: readonly FormField[]; values: Values }) {
  return (
    <dl className="grid gap-x-6 gap-y-1 max-sm:[&_dd]:mb-2 sm:gap-y-3 sm:grid-cols-[14rem_1fr]">
      {fields
        .filter(({ name }) => name in values)
        .map((field) => (
          <div key={field.name} className="contents">
            <dt className="text-soft">{field.label}</dt>
            <dd className="min-w-0">
              <FieldValue field={field} values={values[field.name]} />
            </dd>
          </div>
        ))}
    </dl>
  );
}

/** A control's values in words. */
export function FieldValue({ field, values }: { field: FormField; values?: readonly string[] | undefined }) {
  const texts = textsOf(values);
  if (texts.length === 0) return <span className="text-soft">{field.none ?? 'Nothing'}</span>;
  return (
    <bdi className={`block whitespace-pre-wrap [overflow-wrap:anywhere] ${field.exact ? 'font-mono text-sm' : ''}`}>
      {field.describe?.(texts) ?? texts.join('\n')}
    </bdi>
  );
}

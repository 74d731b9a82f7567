import { textsOf } from '#lib/forms';
import type { FormField } from './form-field.ts';

/** What a control holds, in words. */
export function FieldValue({ field, values }: { field: FormField; values?: readonly string[] }) {
  const texts = textsOf(values);
  if (texts.length === 0) return <span className="text-soft">{field.none ?? 'Nothing'}</span>;
  return (
    <bdi className={`block whitespace-pre-wrap [overflow-wrap:anywhere] ${field.exact ? 'font-mono text-sm' : ''}`}>
      {field.say?.(texts) ?? texts.join('\n')}
    </bdi>
  );
}

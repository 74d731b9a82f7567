import type { AuditEvent } from '#lib/audit/index';
import { inOrder, labelOf, textsOfValue } from './field-words.ts';

/** A field of an event in words: the texts that are gone and those that have come. */
export type Change = { field: string; label: string; gone: string[]; come: string[] };

/** Ids that say nothing to people; the headline names whom or what they stand for. */
const internal = new Set(['secretId', 'secretIds', 'userId']);

/** What an event changed, field by field. Of a list only the texts that went or came; what is empty or just off is left out. */
export function changesOf({ before, after }: Pick<AuditEvent, 'before' | 'after'>): Change[] {
  const fields = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  return inOrder([...fields])
    .filter((field) => !internal.has(field) && (before !== null || after?.[field] !== false))
    .map((field) => changeOf(field, before?.[field], after?.[field]))
    .filter(({ gone, come }) => gone.length + come.length > 0);
}

function changeOf(field: string, before: unknown, after: unknown): Change {
  const [old, now] = [textsOfValue(field, before), textsOfValue(field, after)];
  const gone = old.filter((text) => !now.includes(text));
  const come = now.filter((text) => !old.includes(text));
  const label = labelOf(field);
  // The same texts in another order are a change too.
  if (gone.length + come.length === 0 && old.join('\0') !== now.join('\0'))
    return { field, label: `${label} (order)`, gone: [old.join('\n')], come: [now.join('\n')] };
  return { field, label, gone, come };
}

import { Moment } from '#components/moment';
import type { AuditEvent } from '#lib/audit/index';
import { headline, who } from './event-words.ts';
import { inOrder, labelOf, textsOfValue } from './field-words.ts';

type EventCardProps = {
  event: AuditEvent;
  /** Names by user id. */
  names: ReadonlyMap<string, string>;
  /** Whether the person may see secrets. */
  showSecrets: boolean;
};

/** One event: its words, actor, time, and each field before and after. */
export function EventCard({ event, names, showSecrets }: EventCardProps) {
  const hidden = event.action.startsWith('secret.') && !showSecrets;
  const changes = hidden ? [] : changesOf(event);
  const list = (
    <dl className="mt-3 grid gap-3">
      {changes.map((change) => (
        <FieldChange key={change.field} change={change} />
      ))}
    </dl>
  );
  return (
    <li className="rounded-card border border-line bg-surface p-4">
      <h2 className="font-semibold [overflow-wrap:anywhere]">{headline(event, names)}</h2>
      <p className="text-sm text-soft [overflow-wrap:anywhere]">
        {who(event)} · <Moment at={event.at} />
      </p>
      {changes.length > 0 &&
        (event.action === 'client.create' ? (
          <details className="mt-3">
            <summary className="w-fit text-accent">What it was registered with</summary>
            {list}
          </details>
        ) : (
          list
        ))}
    </li>
  );
}

/** One field as a diff: a line for each removed and each added value, marked by sign and colour. */
function FieldChange({ change: { label, gone, come } }: { change: Change }) {
  return (
    <div className="min-w-0">
      <dt className="mb-1 text-sm font-medium text-soft">{label}</dt>
      {gone.map((text) => (
        <Line key={text} sign="−" label="Before: " text={text} className="bg-danger-tint text-danger" />
      ))}
      {come.map((text) => (
        <Line key={text} sign="+" label="After: " text={text} className="bg-good-tint text-good" />
      ))}
    </div>
  );
}

type LineProps = { sign: string; label: string; text: string; className: string };

const Line = ({ sign, label, text, className }: LineProps) => (
  <dd className={`mb-0.5 flex min-w-0 gap-2 rounded px-2 py-1 text-sm ${className}`}>
    <span aria-hidden="true" className="shrink-0 font-mono">
      {sign}
    </span>
    <span className="sr-only">{label}</span>
    <bdi className="min-w-0 whitespace-pre-wrap [overflow-wrap:anywhere]">{text}</bdi>
  </dd>
);

/** A field of an event in words: the removed and the added values. */
type Change = { field: string; label: string; gone: string[]; come: string[] };

/** Ids that are not shown; the headline names the object. */
const internal = new Set(['secretId', 'secretIds', 'userId']);

/** Returns the changed fields of an event. Of a list only removed and added values; empty and false values are omitted. */
function changesOf({ before, after }: Pick<AuditEvent, 'before' | 'after'>): Change[] {
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
  // Another order is a change too.
  if (gone.length + come.length === 0 && old.join('\0') !== now.join('\0'))
    return { field, label: `${label} (order)`, gone: [old.join('\n')], come: [now.join('\n')] };
  return { field, label, gone, come };
}

import { Moment } from '#components/moment';
import type { AuditEvent } from '#lib/audit/index';
import { headline, who } from './event-words.ts';
import { FieldChange } from './field-change.tsx';
import { changesOf } from './field-changes.ts';

type EventCardProps = {
  event: AuditEvent;
  /** Names by user id, for events that speak of somebody. */
  names: ReadonlyMap<string, string>;
  /** Whether the reader's role sees what secrets there are. */
  showSecrets: boolean;
};

/** One thing that happened: what, by whom, when, and each field before and after. */
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

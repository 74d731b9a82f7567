import type { Reference } from '#lib/dialects/native/reference';
import { Method } from './method.tsx';

/** The table of contents. */
export function Contents({ groups }: Pick<Reference, 'groups'>) {
  return (
    <nav aria-label="Operations" className="grid gap-6 sm:grid-cols-2 lg:grid-cols-3">
      {groups.map(({ id, name, operations }) => (
        <div key={id}>
          <a href={`#${id}`} className="link font-semibold">
            {name}
          </a>
          <ul className="mt-2 grid gap-1 text-sm">
            {operations.map((operation) => (
              <li key={operation.id} className="flex items-baseline gap-2">
                <Method>{operation.method}</Method>
                <a href={`#${operation.id}`} className="link min-w-0">
                  {operation.summary}
                </a>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}

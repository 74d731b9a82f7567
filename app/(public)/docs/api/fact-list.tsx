import type { Typed } from '#lib/dialects/native/reference';
import { Words } from './prose.tsx';
import { TypeText } from './type-text.tsx';

type Fact = { name: string; note?: string; type: Typed; description: string };

/** Names with their types and meanings. The classes are on the list, because it is long. */
const looks =
  'grid gap-x-6 md:grid-cols-[minmax(8rem,17rem)_1fr] [&_dd]:mb-4 [&_dd]:min-w-0 [&_dt]:font-mono [&_dt]:text-sm [&_dt]:[overflow-wrap:anywhere] [&_small]:font-sans [&_small]:text-sm [&_small]:text-soft';

export function FactList({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className={looks}>
      {facts.map(({ name, note, type, description }) => [
        <dt key={`${name} of`}>
          {name}
          {note && <small> {note}</small>}
        </dt>,
        <dd key={name}>
          <TypeText type={type} />
          {description && (
            <p>
              <Words>{description}</Words>
            </p>
          )}
        </dd>,
      ])}
    </dl>
  );
}

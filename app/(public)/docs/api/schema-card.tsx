import type { Reference } from '#lib/dialects/native/reference';
import { FactList } from './fact-list.tsx';
import { Words } from './prose.tsx';

/** A named schema with its members. */
export function SchemaCard({ schema: { name, description, members } }: { schema: Reference['schemas'][number] }) {
  const id = `schema-${name}`;
  return (
    <article aria-labelledby={id} className="mb-6 rounded-card border border-line bg-surface p-4 sm:p-6">
      <h3 id={id} className="scroll-mt-4 font-mono text-lg font-semibold">
        {name}
      </h3>
      {description && (
        <p className="mt-1 max-w-prose text-soft">
          <Words>{description}</Words>
        </p>
      )}
      <div className="mt-4">
        <FactList facts={members.map(({ required, ...member }) => ({ ...member, note: required ? 'required' : '' }))} />
      </div>
    </article>
  );
}

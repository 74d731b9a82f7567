import type { Metadata } from 'next';
import { page } from '#app/page-answer';
import { Page } from '#components/page';
import { Section } from '#components/section';
import { type Reference, readReference } from '#lib/dialects/native/reference';
import { env } from '#lib/kernel/env';
import { Contents } from './contents.tsx';
import { FactList } from './fact-list.tsx';
import { OperationCard } from './operation-card.tsx';
import { ProblemTable } from './problem-table.tsx';
import { Prose, Words } from './prose.tsx';
import { TokenForTrying } from './trying.tsx';

/** A named schema with its members. */
function SchemaCard({ schema: { name, description, members } }: { schema: Reference['schemas'][number] }) {
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

export const metadata: Metadata = { title: 'API reference' };

/** The API reference, written from the declarations that route and check the requests. */
export default page(async function ApiReference() {
  const reference = readReference(env().appUrl);
  return (
    <Page
      title="API reference"
      lead={
        <>
          Base address <code className="font-mono text-sm">{reference.url}</code>. The same as{' '}
          <a className="link" href="/api/v1/openapi.json">
            OpenAPI 3.1
          </a>
          , for your generator.
        </>
      }
      width="wide"
    >
      <TokenForTrying>
        <Section title="How it works">
          <Prose>{reference.description}</Prose>
        </Section>
        <Contents groups={reference.groups} />
        {reference.groups.map(({ id, name, description, operations }) => (
          <section key={id} aria-labelledby={id} className="mt-10">
            <h2 id={id} className="scroll-mt-4 text-2xl font-semibold">
              {name}
            </h2>
            <p className="mt-1 mb-4 max-w-prose text-soft">{description}</p>
            {operations.map((operation) => (
              <OperationCard key={operation.id} operation={operation} />
            ))}
          </section>
        ))}
        <ProblemTable problems={reference.problems} />
        <section aria-labelledby="schemas" className="mt-10">
          <h2 id="schemas" className="scroll-mt-4 mb-4 text-2xl font-semibold">
            Schemas
          </h2>
          {reference.schemas.map((schema) => (
            <SchemaCard key={schema.name} schema={schema} />
          ))}
        </section>
      </TokenForTrying>
    </Page>
  );
});

import { Cell, DataTable, Row } from '#components/data-table';
import type { Reference } from '#lib/dialects/native/reference';
import { Words } from './prose.tsx';
import { TypeText } from './type-text.tsx';

/** A named schema with its members. */
export function SchemaTable({ schema: { name, description, members } }: { schema: Reference['schemas'][number] }) {
  const id = `schema-${name}`;
  return (
    <article aria-labelledby={id} className="mb-6 rounded-card border border-line bg-surface p-4 sm:p-6">
      <h3 id={id} className="scroll-mt-4 font-mono text-lg font-semibold">
        {name}
      </h3>
      {description && (
        <p className="mt-1 mb-3 max-w-prose text-soft">
          <Words>{description}</Words>
        </p>
      )}
      <DataTable caption={`Members of ${name}`} columns={['Member', 'Type', 'Meaning']}>
        {members.map((member) => (
          <Row key={member.name}>
            <Cell head>
              <code className="font-mono text-sm">{member.name}</code>
              {member.required && <span className="text-sm text-soft"> required</span>}
            </Cell>
            <Cell label="Type">
              <TypeText type={member.type} />
            </Cell>
            <Cell label="Meaning">
              <Words>{member.description}</Words>
            </Cell>
          </Row>
        ))}
      </DataTable>
    </article>
  );
}

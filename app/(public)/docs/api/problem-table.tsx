import { Cell, DataTable, Row } from '#components/data-table';
import type { Reference } from '#lib/dialects/native/reference';
import { TypeText } from './type-text.tsx';

/** The meaning of each error status, for all operations. */
export function ProblemTable({ problems }: Pick<Reference, 'problems'>) {
  return (
    <section aria-labelledby="problems" className="mt-10 rounded-card border border-line bg-surface p-4 sm:p-6">
      <h2 id="problems" className="scroll-mt-4 text-2xl font-semibold">
        Problems
      </h2>
      <p className="mt-1 mb-4 max-w-prose text-soft">
        Every refusal is a <TypeText type={{ text: 'Problem', ref: 'Problem' }} /> (RFC 9457).
      </p>
      <DataTable caption="Problems by status" columns={['Status', 'Meaning']}>
        {problems.map(({ status, description }) => (
          <Row key={status}>
            <Cell head>
              <span className="font-mono text-sm">{status}</span>
            </Cell>
            <Cell label="Meaning">{description}</Cell>
          </Row>
        ))}
      </DataTable>
    </section>
  );
}

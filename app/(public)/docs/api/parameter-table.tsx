import { Cell, DataTable, Row } from '#components/data-table';
import type { DescribedParameter } from '#lib/dialects/native/reference';
import { Words } from './prose.tsx';
import { TypeText } from './type-text.tsx';

/** What stands in the path, the query and the headers. */
export function ParameterTable({ parameters, of }: { parameters: readonly DescribedParameter[]; of: string }) {
  return (
    <div className="mt-4">
      <DataTable caption={`Parameters: ${of}`} columns={['Parameter', 'In', 'Type', 'Meaning']}>
        {parameters.map(({ name, in: place, type, required, description }) => (
          <Row key={`${place} ${name}`}>
            <Cell head>
              <code className="font-mono text-sm">{name}</code>
            </Cell>
            <Cell label="In">{place}</Cell>
            <Cell label="Type">
              <TypeText type={type} />
            </Cell>
            <Cell label="Meaning">
              {required && place !== 'path' && 'Required. '}
              <Words>{description ?? ''}</Words>
            </Cell>
          </Row>
        ))}
      </DataTable>
    </div>
  );
}

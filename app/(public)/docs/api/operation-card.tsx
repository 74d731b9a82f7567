import { CopyButton } from '#components/copy-button';
import type { DescribedOperation } from '#lib/dialects/native/reference';
import { FactList } from './fact-list.tsx';
import { Method } from './method.tsx';
import { Prose } from './prose.tsx';
import { Try } from './try.tsx';
import { TypeText } from './type-text.tsx';

/** One operation: its effect, its input, its answers, and a form to call it. */
export function OperationCard({ operation }: { operation: DescribedOperation }) {
  const { id, method, path, summary, description, parameters, body, answers, curl } = operation;
  return (
    <article aria-labelledby={id} className="mb-6 rounded-card border border-line bg-surface p-4 sm:p-6">
      <h3 id={id} className="scroll-mt-4 text-lg font-semibold">
        {summary}
      </h3>
      <p className="mt-1 mb-3 flex items-baseline gap-1 [overflow-wrap:anywhere]">
        <Method>{method}</Method>
        <code className="min-w-0 font-mono text-sm">{path}</code>
      </p>
      <Prose>{description}</Prose>
      {parameters.length > 0 && (
        <div className="mt-4">
          <FactList facts={parameters.map(factOf)} />
        </div>
      )}
      {body && (
        <p className="mt-4">
          <span className="font-medium">Body:</span> <TypeText type={body} />
        </p>
      )}
      <p className="mt-4 font-medium">Answers</p>
      <ul className="mt-1 flex flex-wrap gap-x-5 gap-y-1">
        {answers.map(({ status, type }) => (
          <li key={status}>
            <span className="font-mono text-sm">{status}</span>
            {type && (
              <>
                {' '}
                <TypeText type={type} />
              </>
            )}
          </li>
        ))}
      </ul>
      <div className="mt-4 rounded-control bg-sunken p-3">
        <div className="flex items-start justify-between gap-3">
          <pre className="min-w-0 overflow-x-auto font-mono text-sm whitespace-pre-wrap [overflow-wrap:anywhere]">
            {curl}
          </pre>
          <CopyButton text={curl} label="the call" />
        </div>
      </div>
      {!operation.isImage && <Try operation={callOf(operation)} />}
    </article>
  );
}

const factOf = ({ in: place, required, ...parameter }: DescribedOperation['parameters'][number]) => ({
  ...parameter,
  note: required ? `${place}, required` : place,
});

/** The data that the form needs; it is sent to the browser. */
const callOf = ({ method, path, contentType, summary, example, parameters }: DescribedOperation) => ({
  method,
  path,
  contentType,
  summary,
  example,
  parameters: parameters.map(({ name, in: place, required }) => ({ name, in: place, required })),
});

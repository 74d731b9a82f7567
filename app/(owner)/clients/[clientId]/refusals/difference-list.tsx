import { type Closest, type Difference, type NearMiss, nearMiss } from '#lib/refusals/rules';

const names: Record<Difference['part'], string> = {
  scheme: 'Scheme',
  host: 'Host',
  port: 'Port',
  path: 'Path',
  query: 'Query',
  spelling: 'Spelling',
};

/** The closest registered redirect URI, and each part that differs. */
export function DifferenceList({ closest: { uri, differences } }: { closest: Closest }) {
  return (
    <div className="mt-3 text-sm">
      <p>
        <span className="text-soft">Nearest that is registered</span>{' '}
        <code className="font-mono [overflow-wrap:anywhere]">{uri}</code>
      </p>
      <dl className="mt-2 space-y-1">
        {differences.map(({ part, registered, asked }) => (
          <div key={part} className="gap-x-2 sm:flex">
            <dt className="w-20 shrink-0 text-soft">{names[part]}</dt>
            <dd className="min-w-0 [overflow-wrap:anywhere]">
              <code className="font-mono">{registered || 'none'}</code> is registered,{' '}
              <code className="font-mono font-semibold">{asked || 'none'}</code> was asked for
              {smallestDifference(registered, asked)}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

/** Words for differences that are hard to see. */
function smallestDifference(registered: string, asked: string): string {
  const found = nearMiss(registered, asked);
  return found ? `: ${nearMisses[found]}` : '';
}

const nearMisses: Record<NearMiss, string> = {
  slash_added: 'a slash too many at the end',
  slash_missing: 'the slash at the end is missing',
  case: 'capital and small letters are not the same here',
  encoding: 'the same once decoded, but it has to be spelled the same',
};

import type { RegistryError } from '#lib/errors';
import { issuesOf, writeError } from './write-error.ts';

/** As `writeError`, with what Telnyx's documents promise besides: a 400 names each wrong member with its messages. */
export function writeErrorWithFields(error: RegistryError) {
  const answer = writeError(error);
  if (answer.status !== 400) return answer;
  const byMember = Map.groupBy(issuesOf(error), ({ name }) => name.split('.')[0] ?? name);
  const messages = [...byMember].map(([name, wrong]) => [name, wrong.map(({ message }) => message)] as const);
  return { ...answer, body: { ...answer.body, invalid_fields: Object.fromEntries(messages) } };
}

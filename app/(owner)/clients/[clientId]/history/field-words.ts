import { fieldNames, fields } from '#lib/clients/rules';
import { tableOf } from '#lib/kernel/table';
import { authWords, environmentWords, grantWords, reviewWords, statusWords, typeWords } from '../../words.ts';

const labels = {
  ...Object.fromEntries(fieldNames.map((name) => [name, fields[name].label])),
  logoHash: 'Logo',
  logoFetchedFrom: 'Logo fetched from',
  productId: 'Product',
  status: 'Status',
  reviewState: 'Review',
  firstParty: 'The platform’s own',
  expiresAt: 'Ends',
  overlapSeconds: 'The earlier secrets end after',
  secrets: 'Secrets',
  endedTokens: 'Tokens that ended',
  tokensEnded: 'Tokens that ended',
};
const labelFor = tableOf(labels);

/** The fields in the order of the portal's pages; unknown ones last. */
export function inOrder(fields: readonly string[]): string[] {
  const known = Object.keys(labels);
  const place = (field: string) => (known.includes(field) ? known.indexOf(field) : known.length);
  return [...fields].sort((a, b) => place(a) - place(b));
}

/** Returns the label of a field; for an unknown field its name with spaces. */
export function labelOf(field: string): string {
  const spaced = field.replace(/([a-z])([A-Z])/g, (_all, end, start) => `${end} ${start.toLowerCase()}`);
  return labelFor(field) ?? spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

const wordsFor = tableOf({
  applicationType: wordTable(typeWords),
  environment: wordTable(environmentWords),
  tokenEndpointAuthMethod: wordTable(authWords),
  grantTypes: wordTable(grantWords),
  status: wordTable(statusWords),
  reviewState: wordTable(reviewWords),
});

function wordTable(words: Readonly<Record<string, string | { label: string }>>) {
  return tableOf(words);
}

/** Returns a value as texts, one for each line; none for an empty value. */
export function textsOfValue(field: string, value: unknown): string[] {
  if (value === null || value === undefined || value === '') return [];
  if (Array.isArray(value)) return value.flatMap((one) => textsOfValue(field, one));
  if (field === 'logoHash') return [`Image ${String(value).slice(0, 8)}`];
  if (typeof value === 'boolean') return [value ? 'Yes' : 'No'];
  if (typeof value === 'number') return [field.endsWith('Seconds') ? duration(value) : String(value)];
  if (typeof value === 'object')
    return Object.entries(value).map(([key, part]) => `${key}: ${JSON.stringify(part, null, 1)}`);
  const word = wordsFor(field)?.(value);
  if (word) return [typeof word === 'string' ? word : word.label];
  return [field === 'expiresAt' ? `${String(value).slice(0, 16).replace('T', ' ')} UTC` : String(value)];
}

const units = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const;

/** Seconds in the largest unit that gives a whole number. */
function duration(seconds: number): string {
  const [unit, size] = units.find(([, each]) => seconds >= each && seconds % each === 0) ?? ['second', 1];
  const count = seconds / size;
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

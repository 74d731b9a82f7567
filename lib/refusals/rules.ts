import { splitUri, type UriParts } from '#lib/clients/rules';

export { type RefusalEndpoint, type RefusalReason, refusalEndpoints, refusalReasons } from './reason.ts';

/** Decodes percent-encoding; returns the text unchanged if the encoding is not valid. */
export function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The differences between two URIs that people easily overlook. */
export type NearMiss = 'slash_added' | 'slash_missing' | 'case' | 'encoding';

/** Returns the kind of near miss, if it is the only difference between two URIs. */
export function nearMiss(registered: string, asked: string): NearMiss | undefined {
  if (registered === asked) return undefined;
  if (`${registered}/` === asked) return 'slash_added';
  if (registered === `${asked}/`) return 'slash_missing';
  if (safeDecode(registered) === safeDecode(asked)) return 'encoding';
  return registered.toLowerCase() === asked.toLowerCase() ? 'case' : undefined;
}

export type Difference = {
  part: 'scheme' | 'host' | 'port' | 'path' | 'query' | 'spelling';
  registered: string;
  asked: string;
};
export type Closest = { uri: string; differences: Difference[] };

const parts = ['scheme', 'host', 'port', 'path', 'query'] as const;

/** Finds the registered redirect URI that is most similar to the requested one, and their differences by part; undefined if none is registered. */
export function closestRedirectUri(asked: string, registered: readonly string[]): Closest | undefined {
  const all = registered.map((uri) => ({ uri, differences: differencesOf(uri, asked) }));
  const [closest] = all.sort((a, b) => weigh(a.differences) - weigh(b.differences));
  return closest;
}

function differencesOf(registered: string, asked: string): Difference[] {
  const registeredParts = splitUri(registered);
  const askedParts = splitUri(asked);
  if (!registeredParts || !askedParts) return [{ part: 'spelling', registered, asked }];
  const all = parts.map(
    (part): Difference => ({ part, registered: textOf(registeredParts, part), asked: textOf(askedParts, part) }),
  );
  const found = all.filter((difference) => difference.registered !== difference.asked);
  return found.length > 0 || registered === asked ? found : [{ part: 'spelling', registered, asked }];
}

const textOf = (uri: UriParts, part: (typeof parts)[number]): string => uri[part] ?? '';

/** The sum of weighted differences. A different host weighs more than a different path; case, a final slash and encoding weigh almost nothing. */
function weigh(differences: readonly Difference[]): number {
  const weights = { scheme: 4, host: 8, port: 2, path: 4, query: 2, spelling: 32 };
  return differences.reduce((sum, { part, registered, asked }) => sum + weights[part] * distance(registered, asked), 0);
}

function distance(one: string, other: string): number {
  const plain = (text: string) => safeDecode(text).toLowerCase().replace(/\/$/, '');
  if (plain(one) === plain(other)) return 0.1;
  const shared = [...one].findIndex((letter, at) => other[at] !== letter);
  return 1 - (shared < 0 ? one.length : shared) / Math.max(one.length, other.length, 1) / 2;
}

/** Whether a text has the form of a refusal's reference. */
export const isReference = (text: string): boolean => /^[A-Z0-9]{5}-[A-Z0-9]{5}$/.test(text);

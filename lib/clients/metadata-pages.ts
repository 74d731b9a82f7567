import type { Issue } from '#lib/errors';
import type { ClientMetadata } from './client.ts';
import { judgeLanguages, languageMax } from './language-tag.ts';
import { judgeName } from './name.ts';
import { judgeForeignHost, judgeWebUri } from './web-uri.ts';

export const pageMembers = ['clientUri', 'logoUri', 'tosUri', 'policyUri'] as const;

type Around = Pick<ClientMetadata, 'environment' | 'redirectUris'>;

/** Rule M13: a page or image that people are led to. */
export function judgePage(uri: string | null, field: string, { environment, redirectUris }: Around): Issue[] {
  if (uri === null) return [];
  const issues = judgeWebUri(uri, { field, rule: 'M13', environment });
  return issues.length > 0 ? issues : judgeForeignHost(uri, redirectUris, field);
}

/** Rules M11–M13 on the texts and pages of each language. */
export function judgeLocalized(metadata: ClientMetadata): Issue[] {
  const languages = judgeLanguages(metadata.localized, metadata);
  if (Object.keys(metadata.localized).length > languageMax) return languages;
  const texts = Object.entries(metadata.localized).flatMap(([tag, { name, ...pages }]) => [
    ...(name === undefined ? [] : judgeName(name, { field: `localized.${tag}.name` })),
    ...Object.entries(pages).flatMap(([member, uri]) => judgePage(uri, `localized.${tag}.${member}`, metadata)),
  ]);
  return [...languages, ...texts];
}

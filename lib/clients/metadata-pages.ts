import type { Issue } from '#lib/errors';
import type { Place } from './field.ts';
import type { ClientMetadata } from './fields.ts';
import { judgeLanguages, languageMax } from './language-tag.ts';
import { judgeName } from './name.ts';
import { judgeForeignHost, judgeWebUri } from './web-uri.ts';

/** Rule M13: a page or image that people are led to. */
export function judgePage(uri: string | null, { field, environment, redirectUris }: Place): Issue[] {
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
    ...Object.entries(pages).flatMap(([member, uri]) =>
      judgePage(uri, { ...metadata, field: `localized.${tag}.${member}` }),
    ),
  ]);
  return [...languages, ...texts];
}

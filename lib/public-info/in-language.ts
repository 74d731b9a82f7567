import type { PublicClient } from './public-client.ts';

/** The client with its developer's own texts in that language (`name#it`, also from `it-IT`) where there are any. */
export function inLanguage(client: PublicClient, language: string): PublicClient {
  const tags = Object.keys(client.localized);
  const key = (tag: string) => tag.toLowerCase();
  const tag = tags.find((one) => key(one) === language) ?? tags.find((one) => key(one).startsWith(`${language}-`));
  const texts = tag === undefined ? undefined : client.localized[tag];
  if (!texts) return client;
  return {
    ...client,
    name: texts.name ?? client.name,
    clientUri: texts.clientUri ?? client.clientUri,
    tosUri: texts.tosUri ?? client.tosUri,
    policyUri: texts.policyUri ?? client.policyUri,
  };
}

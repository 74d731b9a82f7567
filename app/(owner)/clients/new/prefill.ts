import { applicationTypes, environments, redirectUriMax } from '#lib/clients/rules';

export type Prefill = { name: string; applicationType: string; environment: string; redirectUris: string[] };

/** What a link to this page may fill in: `?name=&type=&environment=&redirect_uri=` (the last as often as needed). It only fills in: a person reads and sends it. */
export function readPrefill(params: Record<string, string | string[] | undefined>): Prefill {
  const all = (name: string) => [params[name]].flat().filter((text) => text !== undefined);
  const first = (name: string) => all(name)[0] ?? '';
  const oneOf = (list: readonly string[], text: string) => (list.includes(text) ? text : undefined);
  return {
    name: first('name').slice(0, 512),
    applicationType: oneOf(applicationTypes, first('type')) ?? 'web',
    environment: oneOf(environments, first('environment')) ?? 'production',
    redirectUris: all('redirect_uri').slice(0, redirectUriMax),
  };
}

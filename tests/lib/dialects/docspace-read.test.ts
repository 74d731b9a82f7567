import { describe, expect, test } from 'vitest';
import { completeMetadata, judgeMetadata, refusalsOf } from '#lib/clients/rules';
import { readFilter, readIds, readNew, readPatch } from '#lib/dialects/docspace/index';

const catalogue = new Set(['files:read', 'files:write', 'openid']);
const pixel = 'data:image/png;base64,iVBORw0KGgo=';
const body = {
  name: 'Docs bot',
  logo: pixel,
  website_url: 'https://bot.example',
  terms_url: 'https://bot.example/terms',
  policy_url: 'https://bot.example/privacy',
  redirect_uris: ['https://bot.example/callback'],
  allowed_origins: ['https://bot.example'],
  logout_redirect_uri: 'https://bot.example/bye',
  scopes: ['files:read'],
};
/** What this API's validation says, and what the rule book says of the members that pass it. */
function codes(sent: object): string[] {
  const { metadata, issues } = readNew(sent);
  const rules = {
    channel: 'docspace',
    catalogue,
    misread: issues.map(({ field }) => field.split('.')[0] ?? field),
  } as const;
  const judged = refusalsOf(judgeMetadata(completeMetadata(metadata, 'docspace'), rules));
  return [...issues, ...judged].map(({ field, rule }) => `${field.split('.')[0]} ${rule}`);
}
const without = (member: string) => Object.fromEntries(Object.entries(body).filter(([key]) => key !== member));

describe('a new client', () => {
  test('is translated to the domain’s names', () => {
    const { metadata, logo, issues } = readNew({ ...body, allow_pkce: true, is_public: false, surprise: 1 });
    expect(issues).toEqual([]);
    expect(metadata).toMatchObject({
      name: 'Docs bot',
      clientUri: 'https://bot.example',
      tosUri: 'https://bot.example/terms',
      policyUri: 'https://bot.example/privacy',
      postLogoutRedirectUris: ['https://bot.example/bye'],
      secretOptional: true,
      openToOtherOrganizations: false,
    });
    expect(logo && Buffer.from(logo).toString('base64')).toBe('iVBORw0KGgo=');
  });

  test.each(Object.keys(body))('without %s is refused with EmptyFieldError, and so is null', (member) => {
    expect(readNew(without(member)).issues.map(({ rule }) => rule)).toEqual(['EmptyFieldError']);
    expect(readNew({ ...body, [member]: null }).issues.map(({ rule }) => rule)).toEqual(['EmptyFieldError']);
  });

  test.each<[string, unknown, string]>([
    ['name', '  ', 'name EmptyFieldError'],
    ['name', 'ab', 'name ErrorName'],
    ['name', 'x'.repeat(257), 'name ErrorName'],
    ['name', 5, 'name ErrorName'],
    ['name', 'evil\u202ename', 'name M11'],
    ['description', 'x'.repeat(256), 'description ErrorName'],
    ['description', {}, 'description ErrorName'],
    ['logo', 'https://bot.example/logo.png', 'logo ErrorPattern'],
    ['logo', 'data:image/gif;base64,R0lGOD', 'logo ErrorPattern'],
    ['logo', 'data:image/png;base64,', 'logo ErrorPattern'],
    ['logo', 'data:image/png;base64,not base64!', 'logo ErrorPattern'],
    ['logo', `data:image/png;base64,${'A'.repeat(2_000_000)}`, 'logo ErrorPattern'],
    ['logo', 'data:image/png;base64,bm90IGEgcG5n', 'logo ErrorPattern'],
    ['logo', 'data:image/png;base64,R0lGODlhAQABAAAAACw=', 'logo ErrorPattern'],
    ['logo', `${pixel.slice(0, -2)}p${'A'.repeat(341_340)}`, 'logo ErrorPattern'],
    ['website_url', 'localhost', 'clientUri ErrorWrongURL'],
    ['website_url', 'http://localhost/x', 'clientUri ErrorWrongURL'],
    ['website_url', 'javascript:alert(1)', 'clientUri ErrorWrongURL'],
    ['website_url', 'https://bot.example/a b', 'clientUri ErrorWrongURL'],
    ['website_url', 'http://bot.example', 'clientUri M13'],
    ['terms_url', 'bot', 'tosUri ErrorWrongURL'],
    ['policy_url', ['https://bot.example'], 'policyUri ErrorWrongURL'],
    ['logout_redirect_uri', 'ftp://bot.example', 'postLogoutRedirectUris ErrorWrongURL'],
    ['redirect_uris', [], 'redirectUris ErrorName'],
    ['redirect_uris', 'https://bot.example/callback', 'redirectUris ErrorWrongURL'],
    ['redirect_uris', Array.from({ length: 13 }, (_, at) => `https://bot.example/${at}`), 'redirectUris ErrorName'],
    ['redirect_uris', ['https://bot.example/callback', 'nonsense'], 'redirectUris ErrorWrongURL'],
    ['redirect_uris', ['javascript:alert(1)'], 'redirectUris ErrorWrongURL'],
    ['redirect_uris', ['http://bot.example/callback'], 'redirectUris R5'],
    ['redirect_uris', ['https://bot.example/callback#x'], 'redirectUris R2'],
    ['redirect_uris', [7], 'redirectUris ErrorWrongURL'],
    ['allowed_origins', ['ftp://bot.example'], 'allowedOrigins ErrorWrongURL'],
    ['scopes', [], 'scopes EmptyFieldError'],
    ['scopes', ['files:read', 'files:burn'], 'scopes M16'],
    ['scopes', 'files:read', 'scopes ErrorInvalidScope'],
    ['allow_pkce', 'yes', 'secretOptional ErrorPattern'],
    ['is_public', 1, 'openToOtherOrganizations ErrorPattern'],
  ])('with %s = %j is refused', (member, value, expected) => {
    expect(codes({ ...body, [member]: value })).toEqual([expected]);
  });

  test('names every wrong field at once, also those of the rule book', () => {
    const wrong = {
      ...body,
      name: '',
      logo: 'x',
      website_url: 'bot',
      redirect_uris: ['http://bot.example/cb'],
      scopes: ['no'],
    };
    expect(codes(wrong).sort()).toEqual([
      'clientUri ErrorWrongURL',
      'logo ErrorPattern',
      'name EmptyFieldError',
      'redirectUris R5',
      'scopes M16',
    ]);
  });

  test.each([
    'bot.example',
    'bot.example:8443/path?x=1#y',
    'https://203.0.113.7/terms',
    'https://xn--bcher-kva.example',
  ])('may have the page %s', (page) => {
    expect(codes({ ...body, website_url: page, redirect_uris: ['https://bot.example/callback'] })).toEqual([]);
  });

  test('may redirect to this machine and to claude://', () => {
    expect(codes({ ...body, redirect_uris: ['http://localhost:3000/cb', 'http://127.0.0.1/cb'] })).toEqual([]);
    expect(codes({ ...body, redirect_uris: ['claude://callback'] })).toEqual([]);
    expect(codes({ ...body, allowed_origins: ['http://localhost:3000'] })).toEqual([]);
  });

  test('removes duplicate addresses', () => {
    const twice = [...body.redirect_uris, ...body.redirect_uris];
    expect(readNew({ ...body, redirect_uris: twice }).metadata.redirectUris).toEqual(body.redirect_uris);
  });
});

describe('an update', () => {
  test('changes name, logo, description, PKCE, openness, origins and scopes, and nothing else', () => {
    const sent = { ...body, description: 'New', allow_pkce: true, is_public: false, enabled: false, client_id: 'x' };
    const { patch, issues } = readPatch(sent);
    expect(issues).toEqual([]);
    expect(Object.keys(patch).sort()).toEqual([
      'allowedOrigins',
      'description',
      'logo',
      'name',
      'openToOtherOrganizations',
      'scopes',
      'secretOptional',
    ]);
  });

  test('requires name, logo and origins, and keeps other omitted members', () => {
    expect(readPatch({}).issues.map(({ field, rule }) => `${field} ${rule}`)).toEqual([
      'name EmptyFieldError',
      'logo EmptyFieldError',
      'allowedOrigins EmptyFieldError',
    ]);
    const least = { name: 'Docs bot', logo: pixel, allowed_origins: ['https://bot.example'], description: null };
    expect(Object.keys(readPatch(least).patch)).toEqual(['name', 'logo', 'allowedOrigins']);
  });
});

describe('which page', () => {
  const page = (query: Record<string, string[]>) => readFilter(query, { limitRequired: false });

  test('a time with an offset is converted, and comes before every id if none is sent', () => {
    const { after } = page({ last_created_on: ['2026-11-02T10:30:00.5+01:00'] });
    expect(after).toEqual({ key: '2026-11-02T09:30:00.500Z', clientId: '00000000-0000-0000-0000-000000000000' });
    expect(page({ last_created_on: ['2026-11-02T10:30:00.5 01:00'] }).after).toEqual(after);
  });

  test('ids are repeated or comma-separated, each once, and invalid ones are ignored', () => {
    const id = '6b1f0a52-6d0b-4a7e-9a51-2b8e6f1c7d10';
    expect(readIds({ ids: [`${id},${id.toUpperCase()}`, 'x', ''] })).toEqual({ ids: [id], issues: [] });
    expect(readIds({}).ids).toBeUndefined();
  });
});

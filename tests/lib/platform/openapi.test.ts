import { describe, expect, test } from 'vitest';
import { readOpenApiScopes } from '#lib/scopes/openapi';

const flow = (scopes: object) => ({
  type: 'oauth2',
  flows: { authorizationCode: { authorizationUrl: 'x', tokenUrl: 'y', scopes } },
});
const document = (schemes: object, paths: object = {}) => ({
  openapi: '3.1.0',
  components: { securitySchemes: schemes },
  paths,
});

describe('the scopes of an OpenAPI document', () => {
  test('have the first sentence of their description as title, and read only where every operation reads', () => {
    const scopes = { 'orders:read': 'See orders. All of them.', 'orders:write': 'Change orders' };
    const paths = {
      '/orders': { get: { security: [{ main: ['orders:read'] }] }, post: { security: [{ main: ['orders:write'] }] } },
      '/orders/search': { get: { security: [{ main: ['orders:write'] }] } },
    };
    expect(readOpenApiScopes(document({ main: flow(scopes) }, paths))).toEqual([
      { name: 'orders:read', title: 'See orders', description: 'See orders. All of them.', access: 'read' },
      { name: 'orders:write', title: 'Change orders', description: 'Change orders', access: 'write' },
    ]);
  });

  test('are also those that only operations name, under schemes of OAuth alone', () => {
    const schemes = { main: flow({}), key: { type: 'apiKey' } };
    const paths = { '/x': { put: { security: [{ main: ['files:put'] }, { key: ['no-scope'] }] } } };
    expect(readOpenApiScopes(document(schemes, paths))).toEqual([
      {
        name: 'files:put',
        title: 'files:put',
        description: 'Use what the API allows with files:put.',
        access: 'write',
      },
    ]);
  });

  test('follow the security of the whole document where an operation has none of its own', () => {
    const whole = { ...document({ main: flow({ all: '' }) }, { '/x': { get: {} } }), security: [{ main: ['all'] }] };
    expect(readOpenApiScopes(whole)).toMatchObject([{ name: 'all', access: 'read' }]);
  });

  test('are cut to what a title and a description may hold', () => {
    const [one] = readOpenApiScopes(document({ main: flow({ long: 'x'.repeat(1000) }) }));
    expect([one?.title.length, one?.description.length]).toEqual([80, 300]);
  });

  test.each([
    ['nothing', undefined],
    ['a text', 'openapi: 3.1.0'],
    ['Swagger 2', { swagger: '2.0' }],
    ['a document without scopes', document({ key: { type: 'apiKey' } })],
    ['members of other types', { openapi: '3.0.0', components: [], paths: 'x', security: 1 }],
    [
      '501 scopes',
      document({ main: flow(Object.fromEntries(Array.from({ length: 501 }, (_, at) => [`s${at}`, '']))) }),
    ],
  ])('are refused in %s', (_what, sent) => {
    expect(() => readOpenApiScopes(sent)).toThrow(
      expect.objectContaining({ code: 'invalid_metadata', field: 'document' }),
    );
  });
});

import { expect, test } from 'vitest';
import { requestOf } from '../../../app/(public)/docs/api/send.ts';

const call = {
  method: 'PATCH',
  path: '/clients/{client_id}/secrets/{secret_id}',
  contentType: 'application/json',
  parameters: [
    { name: 'client_id', in: 'path' as const, required: true },
    { name: 'secret_id', in: 'path' as const, required: true },
    { name: 'limit', in: 'query' as const, required: false },
    { name: 'cursor', in: 'query' as const, required: false },
    { name: 'If-Match', in: 'header' as const, required: false },
  ],
};

function typed(values: Record<string, string>) {
  const form = new FormData();
  for (const [name, value] of Object.entries(values)) form.set(name, value);
  return form;
}

test('a call that is tried says what was typed, each part in its place, and goes to this API only', () => {
  const form = typed({
    'path client_id': ' a/../b ',
    'path secret_id': '7',
    'query limit': '5',
    'query cursor': '',
    'header If-Match': '"3"',
    body: '{"x":1}',
  });
  expect(requestOf(call, form, 'clt_pat_x')).toEqual({
    url: '/api/v1/clients/a%2F..%2Fb/secrets/7?limit=5',
    init: {
      method: 'PATCH',
      credentials: 'omit',
      headers: { 'If-Match': '"3"', authorization: 'Bearer clt_pat_x', 'content-type': 'application/json' },
      body: '{"x":1}',
    },
  });
});

test('what was left empty is left out', () => {
  const { url, init } = requestOf({ ...call, contentType: undefined }, typed({}), '');
  expect([url, init]).toEqual(['/api/v1/clients//secrets/', { method: 'PATCH', credentials: 'omit', headers: {} }]);
});

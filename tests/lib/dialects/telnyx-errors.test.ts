import { expect, test } from 'vitest';
import { writeError } from '#lib/dialects/telnyx/index';
import { RegistryError } from '#lib/kernel/errors';

test.each(['conflict', 'limit_reached'] as const)('%s: 409 tells its library not to send the same again', (code) =>
  expect(writeError(new RegistryError(code, 'Changed meanwhile.'))).toEqual({
    status: 409,
    headers: { 'x-should-retry': 'false' },
    body: { error: 'conflict', error_description: 'Changed meanwhile.' },
  }),
);

test('too many: 429 with the seconds to wait', () =>
  expect(writeError(new RegistryError('rate_limited', 'Later.', { retryAfterSeconds: 7 }))).toEqual({
    status: 429,
    headers: { 'retry-after': '7' },
    body: { error: 'rate_limited', error_description: 'Later.' },
  }));

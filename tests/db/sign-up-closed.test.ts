import { expect, test } from 'vitest';
import { createUser, signUp, signUpState } from '#lib/users/index';
import { stranger } from '#support/actors';
import { db } from '#support/database';

process.env.CLIENTELE_SIGN_UP = 'closed';

const password = 'correct horse battery';

test('a portal whose sign-up is closed makes its first account, which is the operator’s, and no other by itself', async () => {
  const ctx = { ...stranger(db), network: '203.0.113.1' };
  expect(await signUpState(ctx)).toBe('first');
  expect(await signUp(ctx, { email: 'first@example.com', password })).toMatchObject({ isOperator: true });
  expect(await signUpState(ctx)).toBe('closed');
  await expect(signUp(ctx, { email: 'second@example.com', password })).rejects.toMatchObject({ code: 'forbidden' });
  await createUser({ ...ctx, actor: { kind: 'command_line' } }, { email: 'second@example.com', password });
});

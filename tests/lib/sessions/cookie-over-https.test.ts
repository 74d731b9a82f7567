import { expect, test } from 'vitest';
import { cookieNamed, cookieOptions } from '#lib/portal/session-cookie';

process.env.APP_URL = 'https://apps.example';

test('over https a cookie is Secure, and its name has the prefix __Host-', () => {
  expect(cookieNamed('session')).toBe('__Host-clientele.session');
  expect(cookieOptions()).toEqual({ httpOnly: true, sameSite: 'lax', path: '/', secure: true });
});

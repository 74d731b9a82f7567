import { expect, test } from 'vitest';
import { registrableDomain } from '#lib/domains/find';

test.each([
  ['app.invoices.example.com', 'example.com'],
  ['a.b.example.co.uk:8443', 'example.co.uk'],
  ['accounts.google.com.evil.example', 'evil.example'],
  ['someone.github.io', 'someone.github.io'],
  ['xn--bcher-kva.example', 'xn--bcher-kva.example'],
  ['127.0.0.1:3000', undefined],
  ['[::1]:3000', undefined],
  ['localhost', undefined],
  ['co.uk', undefined],
])('the registrable domain of %s is %s', (host, domain) => {
  expect(registrableDomain(host)).toBe(domain);
});

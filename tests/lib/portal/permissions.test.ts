import { describe, expect, test } from 'vitest';
import {
  distinct,
  readPermissions,
  toPermission,
} from '../../../app/(owner)/clients/[clientId]/permissions/permission.ts';

type Scope = Parameters<typeof toPermission>[0];
const aScope = (name: string, title: string): Scope => ({
  name,
  group: 'Customers',
  access: 'write',
  sensitivity: 'normal',
  position: 0,
  texts: { en: { title, description: `${title}.` } },
  retiredAt: null,
  advertised: true,
  openToStrangers: false,
  openTo: 'anyone',
  namedClients: [],
  implies: [],
  isDefault: false,
  isExample: false,
  version: 1,
  formerNames: [],
});

describe('the permissions of an app', () => {
  test('with equal texts have their names in the titles, and no others have', () => {
    const scopes = [
      aScope('create:customers', 'Create customers'),
      aScope('customers:create', 'Create customers'),
      aScope('customers:read', 'See customers'),
    ];
    expect(distinct(scopes.map((scope) => toPermission(scope))).map(({ title }) => title)).toEqual([
      'Create customers (create:customers)',
      'Create customers (customers:create)',
      'See customers',
    ]);
  });

  test('explain for offline_access that a refresh token is given without it too, and what it adds', () => {
    const { title, description } = toPermission(aScope('offline_access', 'Keep access while you are away'));
    expect(title).toBe('Keep access after the person signs out');
    expect(description).toMatch(/gets a refresh token without it too.*ends when the person signs out/);
  });

  test('are read from the form once each; what is not asked for cannot be declined', () => {
    const form = new FormData();
    for (const scope of ['files:read', 'files:read', 'openid', '']) form.append('scopes', scope);
    for (const scope of ['files:read', 'rooms:read']) form.append('optionalScopes', scope);
    expect(readPermissions(form)).toEqual({ scopes: ['files:read', 'openid'], optionalScopes: ['files:read'] });
  });
});

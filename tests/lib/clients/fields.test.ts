import { expect, expectTypeOf, test } from 'vitest';
import { channelGroups, off, setByAll, setByVendors, textOrNull } from '#lib/clients/rules/field';
import { orNull, text } from '#lib/clients/rules/field-check';
import { type ClientMetadata, defaults, fieldNames, fields, maySet } from '#lib/clients/rules/fields';

test('a field has the type that its check accepts', () => {
  expectTypeOf<ClientMetadata['tokenEndpointAuthMethod']>().toEqualTypeOf<
    'none' | 'client_secret_basic' | 'client_secret_post' | 'private_key_jwt'
  >();
  expectTypeOf<ClientMetadata['jwks']>().toEqualTypeOf<{ keys: Record<string, unknown>[] } | null>();
  expectTypeOf<ClientMetadata['defaultMaxAgeSeconds']>().toEqualTypeOf<number | null>();
});

test('the compiler refuses a default of another type, and a field without a rule, a label or a default', () => {
  // @ts-expect-error null is no text
  setByAll({ rule: 'M11', check: text, byDefault: null, label: 'Name' });
  // @ts-expect-error no label
  setByVendors({ rule: 'M7', ...off });
  // @ts-expect-error no rule
  setByAll({ ...textOrNull, label: 'Website' });
  // @ts-expect-error no default
  setByAll({ rule: 'M13', check: orNull(text), label: 'Website' });
  // @ts-expect-error a text is no stored form of a flag
  setByAll({ rule: 'M7', ...off, label: 'PKCE', normalise: () => 'yes' });
});

test('each default passes its own check', () => {
  const metadata = defaults();
  for (const name of fieldNames) expect(fields[name].check(metadata[name]), name).toEqual([]);
});

test('a group of channels sets nothing that the group before it may not set', () => {
  for (const name of fieldNames) {
    const settable = channelGroups.map((group) => maySet(group, name));
    expect(settable, name).toEqual(settable.toSorted((a, b) => Number(b) - Number(a)));
    expect(settable[0], name).toBe(true);
  }
});

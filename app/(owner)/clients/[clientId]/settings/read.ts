import type { UpdateClient } from '#lib/clients/index';
import { lifetimeSecondsMax, misread, readLifetime, readMetadata } from '#lib/clients/rules';
import type { Issue } from '#lib/kernel/errors';
import { textsIn } from '#lib/portal/forms';
import { address, isTicked, line, lines } from '../../read-form.ts';
import { boxes } from './fields.ts';

type Lifetime = 'accessTokenLifetimeSeconds' | 'refreshTokenLifetimeSeconds';

/** Reads the form. Returns the patch, and an issue for each value that cannot be read; the rule book checks the others. */
export function readSettings(form: FormData): { patch: UpdateClient; unreadable: Issue[] } {
  const unreadable: Issue[] = [];
  const lifetime = (field: Lifetime) => {
    const [amount = '', unit = ''] = textsIn(form, field);
    const seconds = readLifetime(amount, unit);
    if (seconds !== undefined && seconds >= 1 && seconds <= lifetimeSecondsMax) return seconds;
    unreadable.push(misread(field, 'lifetime', 'Write a number that makes 1 second to 366 days.'));
    return undefined;
  };
  const productId = line(form, 'productId');
  if (!/^\d{0,10}$/.test(productId)) unreadable.push(misread('productId', 'product', 'Choose one of the products.'));
  const jwks = readJwks(line(form, 'jwks'));
  if (jwks === undefined) {
    unreadable.push(misread('jwks', 'M8', 'Paste a key set as JSON: {"keys": […]}, or one public key of it.'));
  }
  const { metadata, issues } = readMetadata(
    {
      name: line(form, 'name'),
      applicationType: line(form, 'applicationType'),
      grantTypes: lines(form, 'grantTypes'),
      tokenEndpointAuthMethod: line(form, 'tokenEndpointAuthMethod'),
      ...Object.fromEntries(boxes.map((name) => [name, isTicked(form, name)])),
    },
    'refused',
  );
  unreadable.push(...issues);
  return {
    patch: {
      ...metadata,
      productId: productId === '' ? null : Number(productId),
      jwksUri: address(form, 'jwksUri'),
      jwks,
      accessTokenLifetimeSeconds: lifetime('accessTokenLifetimeSeconds'),
      refreshTokenLifetimeSeconds: lifetime('refreshTokenLifetimeSeconds'),
    },
    unreadable,
  };
}

/** Reads a key set or a single key; null for an empty text, undefined for anything else. */
export function readJwks(text: string): UpdateClient['jwks'] {
  if (text.trim() === '') return null;
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return undefined;
    if ('keys' in value && Array.isArray(value.keys)) return { ...value, keys: value.keys };
    return 'kty' in value ? { keys: [{ ...value }] } : undefined;
  } catch {
    return undefined;
  }
}

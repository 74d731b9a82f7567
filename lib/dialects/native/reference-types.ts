import type { Schema } from './openapi-schemas.ts';

/** A type in words; `ref` is the named schema that the words speak of. */
export type Typed = { text: string; ref?: string };
export type Member = { name: string; type: Typed; required: boolean; description: string };

/** What a schema allows, in a few words. */
export function typeOf(schema: Schema): Typed {
  if (schema.$ref) return named(schema.$ref);
  if (schema.anyOf) return joined(schema.anyOf.map(typeOf));
  if (schema.enum) return { text: schema.enum.map((value) => JSON.stringify(value)).join(' · ') };
  if (schema.const !== undefined) return { text: JSON.stringify(schema.const) };
  if (schema.type === 'array') return around('list of ', typeOf(schema.items ?? {}), limitsOf(schema));
  if (schema.type === 'object') return objectOf(schema);
  if (schema.type === 'string') return { text: (schema.format ?? 'text') + limitsOf(schema) };
  return { text: (schema.type ?? 'any JSON') + limitsOf(schema) };
}

/** The members of an object, those of a list's items for a list. */
export function membersOf({ properties = {}, required = [] }: Schema): Member[] {
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    type: typeOf(schema),
    required: required.includes(name),
    description: descriptionOf(schema),
  }));
}

/** What it means, and what stands in for it when it is left out. */
export function descriptionOf({ description, anyOf = [], default: fallback }: Schema): string {
  const words = description ?? anyOf.find((one) => one.description)?.description ?? '';
  return fallback === undefined ? words : `${words} Default: \`${JSON.stringify(fallback)}\`.`.trim();
}

function objectOf({ additionalProperties, properties }: Schema): Typed {
  if (typeof additionalProperties === 'object') return around('object of ', typeOf(additionalProperties), '');
  return { text: properties ? `object with ${Object.keys(properties).join(', ')}` : 'object' };
}

function named(ref: string): Typed {
  const name = ref.split('/').at(-1) ?? ref;
  return { text: name, ref: name };
}

const around = (before: string, { text, ref }: Typed, after: string): Typed => ({
  text: before + text + after,
  ...(ref && { ref }),
});

function joined(types: readonly Typed[]): Typed {
  const ref = types.find((type) => type.ref)?.ref;
  return { text: types.map(({ text }) => text).join(' or '), ...(ref && { ref }) };
}

function limitsOf(schema: Schema): string {
  const { minimum, maximum, minLength, maxLength, minItems, maxItems } = schema;
  const [least, most] = [minimum ?? minLength ?? minItems, maximum ?? maxLength ?? maxItems];
  if (least === undefined && most === undefined) return '';
  if (least === undefined) return `, at most ${most}`;
  return most === undefined ? `, at least ${least}` : `, ${least} to ${most}`;
}

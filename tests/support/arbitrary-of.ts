import fc from 'fast-check';

/** The part of JSON Schema that the native API's document uses. */
export type JsonSchema = {
  $ref?: string;
  anyOf?: readonly JsonSchema[];
  enum?: readonly unknown[];
  const?: unknown;
  type?: string;
  format?: string;
  examples?: readonly unknown[];
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  items?: JsonSchema;
  properties?: Record<string, JsonSchema>;
  required?: readonly string[];
  additionalProperties?: JsonSchema | boolean;
};

export const anything = fc.oneof(
  fc.jsonValue(),
  fc.string({ unit: 'binary' }),
  fc.webUrl(),
  fc.constantFrom<unknown>('\u0000', '\ud800', '', ' ', '__proto__', 1e308, -1, 0.5, null, [], {}, 'x'.repeat(5000)),
);

/** Values that a schema allows; `components` are the named ones. */
export function arbitraryOf(schema: JsonSchema, components: Record<string, JsonSchema>): fc.Arbitrary<unknown> {
  const inner = (one: JsonSchema) => arbitraryOf(one, components);
  if (schema.$ref) return inner(components[schema.$ref.split('/').at(-1) ?? ''] ?? {});
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map(inner));
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if ('const' in schema) return fc.constant(schema.const);
  switch (schema.type) {
    case 'string':
      return textOf(schema);
    case 'integer':
      return fc.integer({ min: schema.minimum ?? -(2 ** 53) + 1, max: schema.maximum ?? 2 ** 53 - 1 });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array':
      return fc.array(inner(schema.items ?? {}), { minLength: schema.minItems ?? 0, maxLength: 3 });
    case 'object':
      return objectOf(schema, inner);
    default:
      return fc.jsonValue();
  }
}

function textOf({ format, examples = [], minLength = 0, maxLength = 40 }: JsonSchema): fc.Arbitrary<unknown> {
  if (format === 'uuid') return fc.uuid();
  if (format === 'date-time') {
    const date = fc.date({ min: new Date('2020-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });
    return date.map((one) => one.toISOString());
  }
  const limits = { minLength, maxLength: Math.max(minLength, Math.min(maxLength, 40)) };
  const texts = [fc.string(limits), fc.string({ ...limits, unit: 'grapheme' }), fc.webUrl()];
  if (examples.length === 0) return fc.oneof(...texts);
  return fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...examples) }, ...texts);
}

function objectOf(
  { properties = {}, required = [], additionalProperties }: JsonSchema,
  inner: (schema: JsonSchema) => fc.Arbitrary<unknown>,
): fc.Arbitrary<object> {
  const optional = Object.keys(properties).filter((name) => !required.includes(name));
  // Only a few members: with many, hardly any combination would be valid.
  const known = fc
    .subarray(optional, { maxLength: Math.min(3, optional.length) })
    .chain((chosen) =>
      fc.record(Object.fromEntries([...required, ...chosen].map((name) => [name, inner(properties[name] ?? {})]))),
    );
  if (typeof additionalProperties !== 'object') return known;
  const names = fc.oneof(fc.constantFrom('de', 'it', 'pt-BR', 'kty', 'kid'), fc.string({ maxLength: 8 }));
  const more = fc.dictionary(names, inner(additionalProperties), { maxKeys: 3 });
  return fc.tuple(known, more).map(([one, two]) => ({ ...one, ...two }));
}

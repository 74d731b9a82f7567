import { z } from 'zod';

type Json = Record<string, unknown>;

/** Schemas as OpenAPI 3.1 has them, the named ones collected under `components`. */
export function schemaCollector() {
  const components = new Map<string, Json>();

  /** What a request may hold is closed: more is refused. What an answer holds may grow. */
  function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
    const { $defs = {}, ...document } = written(z.toJSONSchema(schema, { io, override: tidy }), io);
    delete document.$schema;
    for (const [name, definition] of Object.entries($defs as Record<string, Json>)) keep(name, definition);
    return document;
  }

  function keep(name: string, definition: Json): void {
    const known = components.get(name);
    if (known && JSON.stringify(known) !== JSON.stringify(definition))
      throw new Error(`two different schemas are called ${name}`);
    components.set(name, definition);
  }

  return { components, schemaOf };
}

/** What JSON.stringify would write, with references that lead to `components`. */
function written(document: unknown, io: 'input' | 'output'): Json {
  return JSON.parse(
    JSON.stringify(document, (key, value: unknown) => {
      if (key === '$ref' && typeof value === 'string') return value.replace('#/$defs/', '#/components/schemas/');
      return io === 'output' && key === 'additionalProperties' && value === false ? undefined : value;
    }),
  ) as Json;
}

/** Leaves out what says nothing. */
function tidy({ jsonSchema }: { jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  if (jsonSchema.format === 'uuid' || jsonSchema.format === 'date-time') delete jsonSchema.pattern;
  if (jsonSchema.propertyNames) delete jsonSchema.propertyNames;
}

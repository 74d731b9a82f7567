import { z } from 'zod';

/** As much of JSON Schema (2020-12) as these documents use. */
export type Schema = {
  $ref?: string;
  type?: string;
  format?: string;
  description?: string;
  const?: unknown;
  enum?: readonly unknown[];
  anyOf?: readonly Schema[];
  items?: Schema;
  properties?: Readonly<Record<string, Schema>>;
  required?: readonly string[];
  additionalProperties?: Schema | boolean;
  examples?: readonly unknown[];
  default?: unknown;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  pattern?: string;
  contentMediaType?: string;
};

export type SchemaOf = (schema: z.ZodType, io: 'input' | 'output') => Schema;

type Document = Schema & { $schema?: string; $defs?: Record<string, Schema> };

/** Schemas as OpenAPI 3.1 has them, the named ones collected under `components`. */
export function schemaCollector() {
  const components = new Map<string, Schema>();

  /** What a request may hold is closed: more is refused. What an answer holds may grow. */
  const schemaOf: SchemaOf = (schema, io) => {
    const { $defs = {}, $schema: _, ...document } = written(z.toJSONSchema(schema, { io, override: tidy }), io);
    for (const [name, definition] of Object.entries($defs)) keep(name, definition);
    return document;
  };

  function keep(name: string, definition: Schema): void {
    const known = components.get(name);
    if (known && JSON.stringify(known) !== JSON.stringify(definition))
      throw new Error(`two different schemas are called ${name}`);
    components.set(name, definition);
  }

  return { components, schemaOf };
}

/** What JSON.stringify would write, with references that lead to `components`. */
function written(document: unknown, io: 'input' | 'output'): Document {
  return JSON.parse(
    JSON.stringify(document, (key, value: unknown) => {
      if (key === '$ref' && typeof value === 'string') return value.replace('#/$defs/', '#/components/schemas/');
      return io === 'output' && key === 'additionalProperties' && value === false ? undefined : value;
    }),
  ) as Document;
}

/** Leaves out what says nothing. */
function tidy({ jsonSchema }: { jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  if (jsonSchema.format === 'uuid' || jsonSchema.format === 'date-time') delete jsonSchema.pattern;
  if (jsonSchema.propertyNames) delete jsonSchema.propertyNames;
}

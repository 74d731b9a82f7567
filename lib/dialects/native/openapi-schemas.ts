import { z } from 'zod';

/** The part of JSON Schema (2020-12) that these documents use. */
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

/** Converts schemas to OpenAPI 3.1 and collects the named ones under `components`. */
export function schemaCollector() {
  const components = new Map<string, Schema>();

  /** Request schemas are closed, so unknown members are refused. Response schemas are open, so members can be added. */
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

/** Converts the document to plain JSON, with references to `components`. */
function written(document: unknown, io: 'input' | 'output'): Document {
  return JSON.parse(
    JSON.stringify(document, (key, value: unknown) => {
      if (key === '$ref' && typeof value === 'string') return value.replace('#/$defs/', '#/components/schemas/');
      return io === 'output' && key === 'additionalProperties' && value === false ? undefined : value;
    }),
  ) as Document;
}

/** Removes keywords without information. */
function tidy({ jsonSchema }: { jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  if (jsonSchema.format === 'uuid' || jsonSchema.format === 'date-time') delete jsonSchema.pattern;
  if (jsonSchema.propertyNames) delete jsonSchema.propertyNames;
}

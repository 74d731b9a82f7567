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

  const schemaOf: SchemaOf = (schema, io) => {
    const converted = JSON.stringify(
      z.toJSONSchema(schema, { io, override: ({ jsonSchema }) => tidy(jsonSchema, io) }),
    );
    const {
      $defs = {},
      $schema: _,
      ...document
    }: Document = JSON.parse(converted.replaceAll('"#/$defs/', '"#/components/schemas/'));
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

/**
 * Removes keywords without information. Request schemas are closed, so unknown members are refused. Response schemas are open,
 * so members can be added.
 */
function tidy(schema: z.core.JSONSchema.BaseSchema, io: 'input' | 'output'): void {
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
  if (schema.format === 'uuid' || schema.format === 'date-time') delete schema.pattern;
  if (schema.propertyNames) delete schema.propertyNames;
  if (io === 'output' && schema.additionalProperties === false) delete schema.additionalProperties;
}

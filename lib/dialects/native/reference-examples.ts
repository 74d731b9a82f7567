import type { Schema } from './openapi-schemas.ts';

/** A value that a schema allows: its own example, or what it requires and nothing else. */
export function exampleOf(schema: Schema, schemas: Readonly<Record<string, Schema>>): unknown {
  if (schema.$ref) return exampleOf(schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {}, schemas);
  if (schema.examples?.length) return schema.examples[0];
  if (schema.anyOf?.[0]) return exampleOf(schema.anyOf[0], schemas);
  if (schema.enum) return schema.enum[0];
  switch (schema.type) {
    case 'object':
      return Object.fromEntries(
        (schema.required ?? []).map((name) => [name, exampleOf(schema.properties?.[name] ?? {}, schemas)]),
      );
    case 'array':
      return [exampleOf(schema.items ?? {}, schemas)];
    case 'integer':
      return schema.minimum ?? 1;
    case 'boolean':
      return true;
    default:
      return 'text';
  }
}

type Route = {
  method: string;
  path: string;
  contentType: string | undefined;
  example: string | undefined;
  isOpen: boolean;
};

/** The call as a line for a shell; what stands in braces and `$TOKEN` is to be filled in. */
export function curlOf({ method, path, contentType, example, isOpen }: Route, url: string): string {
  const lines = [`curl${method === 'GET' ? '' : ` -X ${method}`} '${url}${path}'`];
  if (!isOpen) lines.push(`-H "Authorization: Bearer $TOKEN"`);
  if (contentType) lines.push(`-H 'Content-Type: ${contentType}'`);
  if (example !== undefined) lines.push(`-d '${example.replaceAll("'", `'\\''`)}'`);
  else if (contentType) lines.push('--data-binary @logo.png');
  return lines.join(' \\\n  ');
}

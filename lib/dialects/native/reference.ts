import { writeOpenApi } from './openapi.ts';
import type { Answer } from './openapi-answers.ts';
import type { Parameter } from './openapi-requests.ts';
import type { Schema } from './openapi-schemas.ts';

export type Reference = ReturnType<typeof readReference>;
export type DescribedOperation = Reference['groups'][number]['operations'][number];
export type DescribedParameter = Pick<Parameter, 'name' | 'in'> & {
  description: string;
  required: boolean;
  type: Typed;
};

/** Converts the OpenAPI document for the reference page: by group, with types in words and with examples. */
export function readReference(appUrl: string) {
  const { info, tags, paths, components, servers } = writeOpenApi(appUrl);
  const { schemas } = components;
  const url = servers[0]?.url ?? '';
  const operations = Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => {
      const parameters = operation.parameters.map((one) => parameterOf('$ref' in one ? lookUp(one.$ref) : one));
      const [contentType, content] = Object.entries(operation.requestBody?.content ?? {})[0] ?? [];
      const isImage = contentType?.startsWith('image/') ?? false;
      const example = content && !isImage ? JSON.stringify(exampleOf(content.schema, schemas), null, 2) : undefined;
      const route = {
        method: method.toUpperCase(),
        path,
        contentType,
        example,
        isOpen: operation.security.length === 0,
      };
      return {
        ...route,
        id: operation.operationId,
        group: operation.tags[0],
        summary: operation.summary,
        description: operation.description,
        parameters,
        isImage,
        ...(content && !isImage && { body: typeOf(content.schema) }),
        answers: Object.entries(operation.responses).map(([status, answer]) => answerOf(status, answer)),
        curl: curlOf(route, url),
      };
    }),
  );

  function lookUp(ref: string): Parameter {
    const found = Object.entries(components.parameters).find(([name]) => ref.endsWith(`/${name}`));
    if (!found) throw new Error(`${ref} is not there`);
    return found[1];
  }

  return {
    title: info.title,
    description: info.description,
    url,
    groups: tags.map(({ name, description }) => ({
      name,
      id: name.toLowerCase().replaceAll(' ', '-'),
      description,
      operations: operations.filter(({ group }) => group === name),
    })),
    problems: Object.entries(components.responses).map(([name, { description }]) => ({
      status: name.replace('Problem', ''),
      description,
    })),
    schemas: Object.entries(schemas).map(([name, schema]) => ({
      name,
      description: schema.description ?? '',
      members: membersOf(schema),
    })),
  };
}

const parameterOf = ({ name, in: place, description, required, schema }: Parameter): DescribedParameter => ({
  name,
  in: place,
  description: descriptionOf({ ...schema, ...(description !== undefined && { description }) }),
  required: required ?? false,
  type: typeOf(schema),
});

/** Error responses are described once for all operations. */
function answerOf(status: string, answer: Answer): { status: string; type?: Typed } {
  const [content] = '$ref' in answer ? [] : Object.values(answer.content ?? {});
  return { status, ...(content && { type: typeOf(content.schema) }) };
}

/** An example value of a schema: its own example, or only its required members. */
function exampleOf(schema: Schema, schemas: Readonly<Record<string, Schema>>): unknown {
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

/** The request as a curl command; the reader fills in the parts in braces and `$TOKEN`. */
function curlOf({ method, path, contentType, example, isOpen }: Route, url: string): string {
  const lines = [`curl${method === 'GET' ? '' : ` -X ${method}`} '${url}${path}'`];
  if (!isOpen) lines.push(`-H "Authorization: Bearer $TOKEN"`);
  if (contentType) lines.push(`-H 'Content-Type: ${contentType}'`);
  if (example !== undefined) lines.push(`-d '${example.replaceAll("'", `'\\''`)}'`);
  else if (contentType) lines.push('--data-binary @logo.png');
  return lines.join(' \\\n  ');
}

/** A type in words; `ref` is the named schema in these words. */
export type Typed = { text: string; ref?: string };
export type Member = { name: string; type: Typed; required: boolean; description: string };

/** Describes the type of a schema in a few words. */
function typeOf(schema: Schema): Typed {
  if (schema.$ref) return named(schema.$ref);
  if (schema.anyOf) return joined(schema.anyOf.map(typeOf));
  if (schema.enum) return { text: schema.enum.map((value) => JSON.stringify(value)).join(' · ') };
  if (schema.const !== undefined) return { text: JSON.stringify(schema.const) };
  if (schema.type === 'array') return around('list of ', typeOf(schema.items ?? {}), limitsOf(schema));
  if (schema.type === 'object') return objectOf(schema);
  if (schema.type === 'string') return { text: (schema.format ?? 'text') + limitsOf(schema) };
  return { text: (schema.type ?? 'any JSON') + limitsOf(schema) };
}

/** The members of an object; for a list, the members of its items. */
function membersOf({ properties = {}, required = [] }: Schema): Member[] {
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    type: typeOf(schema),
    required: required.includes(name),
    description: descriptionOf(schema),
  }));
}

/** The description, with the default. */
function descriptionOf({ description, anyOf = [], default: fallback }: Schema): string {
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

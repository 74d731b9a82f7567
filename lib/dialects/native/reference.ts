import { writeOpenApi } from './openapi.ts';
import type { Answer } from './openapi-answers.ts';
import type { Parameter } from './openapi-requests.ts';
import { curlOf, exampleOf } from './reference-examples.ts';
import { descriptionOf, membersOf, type Typed, typeOf } from './reference-types.ts';

export type { Member, Typed } from './reference-types.ts';
export type Reference = ReturnType<typeof readReference>;
export type DescribedOperation = Reference['groups'][number]['operations'][number];
export type DescribedParameter = Pick<Parameter, 'name' | 'in'> & {
  description: string;
  required: boolean;
  type: Typed;
};

/** The OpenAPI document of this API, put in order for people to read: by group, with types in words and examples. */
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

/** Refusals are described once for all operations. */
function answerOf(status: string, answer: Answer): { status: string; type?: Typed } {
  const [content] = '$ref' in answer ? [] : Object.values(answer.content ?? {});
  return { status, ...(content && { type: typeOf(content.schema) }) };
}

import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { organizations } from '#db/schema/organization';
import { operations, writeOpenApi } from '#lib/dialects/native/index';
import { aPerson } from '#support/actors';
import { ask, aToken } from '#support/api';
import { anything, arbitraryOf, type JsonSchema } from '#support/arbitrary-of';
import { db } from '#support/database';
import { aGrantRow } from '#support/grants';
import { aTenant } from '#support/native';
import { pathOf } from '#support/native-operations';

/** How many requests; 20 000 take some minutes. */
const runs = Number(process.env.NATIVE_FUZZ_RUNS ?? 3000);

const document = writeOpenApi('https://apps.acme.test');
const components = document.components.schemas as Record<string, JsonSchema>;
const $defs = JSON.parse(JSON.stringify(components).replaceAll('#/components/schemas/', '#/$defs/'));

type Described = {
  parameters: { in?: string; name?: string; schema?: JsonSchema; required?: boolean }[];
  requestBody?: { content: Record<string, { schema: JsonSchema }> };
  responses: Record<string, { content?: Record<string, { schema: JsonSchema }> }>;
};
const described = (name: string) => {
  const operation = operations[name];
  if (!operation) throw new Error(name);
  return document.paths[operation.path]?.[operation.method.toLowerCase()] as Described;
};

/** A check made from the document alone, once for each schema. */
const checks = new Map<string, z.ZodType>();
function checkOf(schema: JsonSchema): z.ZodType {
  const text = JSON.stringify(schema).replaceAll('#/components/schemas/', '#/$defs/');
  const check = checks.get(text) ?? z.fromJSONSchema({ ...JSON.parse(text), $defs });
  checks.set(text, check);
  return check;
}

let mine: Awaited<ReturnType<typeof aTenant>>;
const tokens: string[] = [];
/** Ids by parameter that are right at some time; what is made on the way joins them. */
const known: Record<string, string[]> = {};
beforeAll(async () => {
  mine = await aTenant();
  // With an organization below them, no request can delete those that all of them are about.
  const theirs = await aTenant();
  for (const [number, { organizationId: parentId }] of [mine, theirs].entries())
    await db.insert(organizations).values({ name: 'Below', externalId: String(number).repeat(24), parentId });
  const [developer, viewer] = [await mine.tokenOf('developer'), await mine.tokenOf('viewer')];
  const spare = await mine.tokenOf('developer');
  const reader = await aToken(db, mine.owner, mine.organizationId, { scopes: ['clients:read'] });
  const operator = await aPerson(db, { isOperator: true, roles: { [mine.organizationId]: 'viewer' } });
  tokens.push(await aToken(db, operator, mine.organizationId, { scopes: ['platform:write'] }));
  tokens.push(mine.token, mine.token, mine.token, mine.token, developer.token, viewer.token, reader, theirs.token);
  const foreign = await theirs.make();
  Object.assign(known, {
    organization_id: [mine.organizationId, mine.organizationId, theirs.organizationId],
    client_id: [foreign.client_id],
    secret_id: [foreign.secret_id],
    user_id: [spare.userId, theirs.owner.actor.userId],
    product: ['photon'],
    token_id: [],
    grant_id: [
      await aGrantRow(db, { userId: mine.owner.actor.userId, clientId: foreign.client_id }),
      await aGrantRow(db, { userId: theirs.owner.actor.userId, clientId: foreign.client_id }),
    ],
    invitation_id: [],
    scope_name: ['files:read', 'rooms:write', 'openid', 'clients:read'],
    resource_uri: ['https://api.example.com'],
  });
  for (let number = 0; number < 3; number++) remember(await mine.make());
});

function remember(made: Record<string, unknown>) {
  const { client_id, secret_id, product_id, token_id, invitation_id } = made;
  const found = { client_id, secret_id, product: product_id, token_id, invitation_id };
  for (const [name, id] of Object.entries(found)) if (id !== undefined) known[name]?.push(String(id));
  for (const list of Object.values(known)) if (list.length > 30) list.splice(3, 10);
}

const strange = fc
  .oneof(fc.uuid(), fc.string({ unit: 'binary', minLength: 1, maxLength: 50 }))
  .filter((text) => text.isWellFormed() && !/^\.{1,2}$/.test(text));
const odd = fc.oneof({ weight: 8, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: strange });
const header = fc.oneof(fc.constantFrom('"1"', '"2", "3"', '*', 'W/"1"', 'key', ''), fc.string({ maxLength: 30 }));

/** A request that mostly fits its operation's schemas, and sometimes does not. */
const request = fc.constantFrom(...Object.keys(operations)).chain((name) => {
  const { parameters, requestBody } = described(name);
  const queries = parameters.filter((parameter) => parameter.in === 'query');
  const fitting = arbitraryOf(
    {
      type: 'object',
      properties: Object.fromEntries(queries.map((one) => [one.name ?? '', one.schema ?? {}])),
      required: queries.flatMap(({ required, name: one }) => (required && one ? [one] : [])),
    },
    components,
  );
  const [schema] = Object.values(requestBody?.content ?? {}).map((one) => one.schema);
  const body = schema ? arbitraryOf(schema, components) : fc.constant(undefined);
  const member = fc.oneof(
    fc.constantFrom(...Object.keys(components[schema?.$ref?.split('/').at(-1) ?? '']?.properties ?? { name: {} })),
    fc.constantFrom('__proto__', 'constructor', 'client_id', 'x'),
  );
  const broken = fc
    .tuple(body, member, anything)
    .map(([one, key, value]) => (typeof one === 'object' ? { ...one, [key]: value } : one));
  return fc.record({
    name: fc.constant(name),
    who: fc.nat(),
    ids: fc.array(fc.tuple(fc.nat(), odd), { minLength: 2, maxLength: 2 }),
    query: fc.oneof(
      { weight: 4, arbitrary: fitting },
      { weight: 1, arbitrary: fc.dictionary(fc.string(), fc.string()) },
    ),
    body: fc.oneof(
      { weight: 4, arbitrary: body },
      { weight: 2, arbitrary: broken },
      { weight: 1, arbitrary: anything },
    ),
    headers: fc.record(
      { 'if-match': header, 'if-none-match': header, 'idempotency-key': header },
      { requiredKeys: [] },
    ),
    sendsHeaders: fc.integer({ min: 0, max: 3 }),
  });
});

const sendable = (text: string) => /^[\x20-\x7e]*$/.test(text);
const seen = new Map<string, number>();
type Request = typeof request extends fc.Arbitrary<infer T> ? T : never;

async function send({ name, who, ids, query, body, headers, sendsHeaders }: Request) {
  const operation = operations[name];
  if (!operation) throw new Error(name);
  let at = 0;
  const path = pathOf(operation, (parameter) => {
    const [index, other] = ids[at++] ?? [0, null];
    const list = known[parameter] ?? [];
    return encodeURIComponent(other ?? list[index % Math.max(1, list.length)] ?? 'none');
  });
  const search = new URLSearchParams(
    Object.entries(query as object).map(([key, value]) => [key.toWellFormed(), String(value).toWellFormed()]),
  );
  const isImage = operation.media === 'image';
  const sent = operation.body ? (JSON.stringify(body) ?? '') : isImage ? String(body) : undefined;
  const answer = await ask(operation.method, `${path}?${search}`, {
    token: tokens[who % tokens.length],
    body: sent,
    headers: {
      ...(isImage && { 'content-type': 'image/png' }),
      ...(sendsHeaders === 0 && Object.fromEntries(Object.entries(headers).filter(([, text]) => sendable(text)))),
    },
  });
  const text = await answer.text();
  const what = `${name} ${path}?${search} ${sent?.slice(0, 300)} → ${answer.status} ${text.slice(0, 500)}`;
  return { name, operation, status: answer.status, type: answer.headers.get('content-type'), text, what };
}

function judge({ name, operation, status, type, text, what }: Awaited<ReturnType<typeof send>>): void {
  expect(status, what).toBeLessThan(500);
  expect(Object.keys(described(name).responses), what).toContain(String(status));
  if (status === 204 || status === 304) {
    expect(text).toBe('');
    return;
  }
  const parsed: unknown = JSON.parse(text);
  if (status >= 400) {
    expect(type, what).toBe('application/problem+json');
    expect(checkOf({ $ref: '#/components/schemas/Problem' }).safeParse(parsed).error, what).toBeUndefined();
    return;
  }
  if (!operation.secret) expect(text, what).not.toMatch(/clt_(?:cs|pat)_/);
  const [schema] = Object.values(described(name).responses[String(status)]?.content ?? {}).map((one) => one.schema);
  expect(checkOf(schema ?? {}).safeParse(parsed).error, what).toBeUndefined();
  // The schema in the code is stricter than what is documented: it refuses what nobody asked for.
  expect(operation.answer?.safeParse(parsed).error, what).toBeUndefined();
  if (status === 201) remember(parsed as Record<string, unknown>);
}

test(`${runs} generated requests: no failure of ours, and every answer is as documented`, async () => {
  const property = fc.asyncProperty(request, async (one) => {
    const answer = await send(one);
    const outcome = `${answer.name} ${answer.status}`;
    seen.set(outcome, (seen.get(outcome) ?? 0) + 1);
    judge(answer);
    if (one.who % 50 === 0) remember(await mine.make());
  });
  await fc.assert(property, { numRuns: runs, endOnFailure: true });
  if (process.env.NATIVE_FUZZ_RUNS)
    process.stdout.write(
      `${[...seen]
        .sort()
        .map(([outcome, count]) => `${outcome}: ${count}`)
        .join('\n')}\n`,
    );
  // It reached the operations' own answers, not refusals alone.
  const reached = (name: string) => [...seen.keys()].some((outcome) => outcome.startsWith(`${name} 2`));
  expect(Object.keys(operations).filter(reached).length).toBeGreaterThan(25);
}, 1_200_000);

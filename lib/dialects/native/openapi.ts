import { problemWire } from './error.ts';
import { type Answer, answersOf, problems, sharedHeaders } from './openapi-answers.ts';
import { type Body, type Parameter, parametersOf, type Ref, requestOf, sharedParameters } from './openapi-requests.ts';
import { schemaCollector } from './openapi-schemas.ts';
import { type Group, groups, type Operation } from './operation.ts';
import { clientOperations } from './operations/clients.ts';
import { grantOperations } from './operations/grants.ts';
import { memberOperations } from './operations/members.ts';
import { organizationOperations } from './operations/organizations.ts';
import { platformResourceOperations } from './operations/platform-resources.ts';
import { platformScopeOperations } from './operations/platform-scopes.ts';
import { publicOperations } from './operations/public.ts';
import { secretOperations } from './operations/secrets.ts';
import { tokenOperations } from './operations/tokens.ts';

const description = `What the portal does with apps, secrets, people, tokens and grants, for programs.

- **Credential**: an API token as \`Authorization: Bearer clt_pat_…\`, made under *Settings → API tokens*. It acts in one organization, as its person, with the
  scopes that it has and the role that its person has at that moment.
- **Times** are ISO 8601 in UTC to the millisecond. Names are those of RFC 7591 and OpenID Registration where they have one.
- **Lists** of clients and of history come in pages: send \`next_cursor\` back as \`cursor\`, with the same filter and order.
- **Edits** are JSON Merge Patches (RFC 7396). A client's ETag, sent back as \`If-Match\`, makes an edit fail with 412 when somebody was faster.
- **Retries**: with an \`Idempotency-Key\` what makes something is done once; the same key and body get the same answer for a day, answers with a secret for ten minutes.
- **Problems** are RFC 9457; \`errors\` names everything that is wrong at once, each by its place and its rule.
- **Secrets** are shown once, in the answer that makes them.
- What is not yours is not there: 404.`;

type Described = {
  operationId: string;
  tags: [Group];
  summary: string;
  description: string;
  security: { apiToken: readonly string[] }[];
  parameters: (Parameter | Ref)[];
  requestBody?: Body;
  responses: Record<string, Answer>;
};

/** Writes the OpenAPI 3.1 document from the same declarations that route and check requests. */
export function writeOpenApi(appUrl: string) {
  const { components, schemaOf } = schemaCollector();
  schemaOf(problemWire, 'output');
  const paths = new Map<string, Record<string, Described>>();
  for (const [operationId, operation] of Object.entries(operations)) {
    const item = paths.get(operation.path) ?? {};
    paths.set(operation.path, item);
    item[operation.method.toLowerCase()] = {
      operationId,
      tags: [operation.group],
      summary: operation.summary,
      description: [operation.description, needsOf(operation)].filter(Boolean).join('\n\n'),
      security: securityOf(operation),
      parameters: parametersOf(operation, schemaOf),
      ...requestOf(operation, schemaOf),
      responses: answersOf(operation, schemaOf),
    };
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Clientele',
      version: '1',
      summary: 'The registry of OAuth clients over HTTP',
      description,
      license: { name: 'UNLICENSED', identifier: 'LicenseRef-UNLICENSED' },
    },
    servers: [{ url: `${appUrl}/api/v1` }],
    tags: Object.entries(groups).map(([name, text]) => ({ name, description: text })),
    paths: Object.fromEntries(paths),
    components: {
      securitySchemes: {
        apiToken: { type: 'http', scheme: 'bearer', description: 'An API token of Clientele (`clt_pat_…`).' },
      },
      parameters: sharedParameters,
      headers: sharedHeaders,
      responses: problems,
      schemas: Object.fromEntries([...components].sort(([a], [b]) => (a < b ? -1 : 1))),
    },
  };
}

/** OpenAPI 3.1 lets a bearer scheme list the required scopes; one entry of the list is enough. */
function securityOf({ access }: Operation): { apiToken: readonly string[] }[] {
  if (access === 'anyone') return [];
  return access === 'any_token' ? [{ apiToken: [] }] : access.map((scope) => ({ apiToken: [scope] }));
}

function needsOf({ access }: Operation): string {
  if (access === 'anyone') return 'Needs no credential. May be read from any origin.';
  return access === 'any_token' ? 'Needs any token.' : `Needs ${access.map((scope) => `\`${scope}\``).join(' or ')}.`;
}

/** Every operation by its name, in the order of the reference. */
export const operations: Readonly<Record<string, Operation>> = {
  ...clientOperations,
  ...secretOperations,
  ...organizationOperations,
  ...memberOperations,
  ...tokenOperations,
  ...grantOperations,
  ...publicOperations,
  ...platformScopeOperations,
  ...platformResourceOperations,
};

import { refusal } from '#lib/clients/rules';
import { type Issue, RegistryError } from '#lib/kernel/errors';

/** A scope as an OpenAPI document describes it. */
export type DescribedScope = { name: string; title: string; description: string; access: 'read' | 'write' };

const methods = ['get', 'head', 'options', 'trace', 'put', 'post', 'delete', 'patch'];
const reading = new Set(['get', 'head', 'options', 'trace']);
const scopesMax = 500;

/**
 * Reads the OAuth scopes of an OpenAPI 3.x document: those of its security schemes, with their descriptions, and those that operations
 * require. A scope that only reading operations require is a reading one.
 *
 * @throws invalid_metadata: it is no OpenAPI 3 document, or it has no scopes or more than 500
 */
export function readOpenApiScopes(document: unknown): DescribedScope[] {
  const root = recordOf(document);
  if (!/^3\.\d/.test(String(root.openapi)))
    throw wrong('Send an OpenAPI 3 document as JSON: its member "openapi" begins with 3.');
  const schemes = recordOf(recordOf(root.components).securitySchemes);
  const oauth = new Map(
    Object.entries(schemes).filter(([, scheme]) => ofOAuth.includes(String(recordOf(scheme).type))),
  );
  const described = new Map<string, string>();
  for (const scheme of oauth.values())
    for (const flow of Object.values(recordOf(recordOf(scheme).flows)))
      for (const [name, text] of Object.entries(recordOf(recordOf(flow).scopes)))
        if (!described.has(name) || described.get(name) === '') described.set(name, String(text ?? ''));
  const uses = usesOf(root, oauth);
  for (const name of uses.keys()) if (!described.has(name)) described.set(name, '');
  if (described.size === 0) throw wrong('Send a document with OAuth scopes: this one has none.');
  if (described.size > scopesMax) throw wrong(`Send a document with at most ${scopesMax} scopes.`);
  return [...described].map(([name, text]) => describe(name, text, uses.get(name)));
}

const ofOAuth = ['oauth2', 'openIdConnect'];

/** The methods of the operations that require each scope. */
function usesOf(root: Record<string, unknown>, oauth: ReadonlyMap<string, unknown>): Map<string, Set<string>> {
  const uses = new Map<string, Set<string>>();
  for (const item of Object.values(recordOf(root.paths)))
    for (const method of methods) {
      const operation = recordOf(item)[method];
      if (operation === undefined) continue;
      const requirements = recordOf(operation).security ?? root.security;
      for (const requirement of Array.isArray(requirements) ? requirements : [])
        for (const [scheme, names] of Object.entries(recordOf(requirement)))
          for (const name of oauth.has(scheme) && Array.isArray(names) ? names : [])
            uses.set(String(name), (uses.get(String(name)) ?? new Set()).add(method));
    }
  return uses;
}

function describe(name: string, text: string, used: ReadonlySet<string> | undefined): DescribedScope {
  const plain = text.normalize('NFC').replace(/\s+/g, ' ').trim();
  const sentence = plain.split(/(?<=[.!?])\s/, 1)[0]?.replace(/[.]$/, '') ?? '';
  const reads = used ? [...used].every((method) => reading.has(method)) : /\bread|view|list/i.test(name);
  return {
    name,
    title: cut(sentence || name, 80),
    description: cut(plain || `Use what the API allows with ${name}.`, 300),
    access: reads ? 'read' : 'write',
  };
}

const cut = (text: string, max: number): string =>
  [...text].length <= max ? text : `${[...text].slice(0, max - 1).join('')}…`;

const recordOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};

function wrong(message: string): RegistryError {
  const issues: Issue[] = [refusal('document', 'openapi', message)];
  return new RegistryError('invalid_metadata', message, { issues });
}

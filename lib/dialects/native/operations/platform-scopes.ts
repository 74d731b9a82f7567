import { z } from 'zod';
import type { Imported, Scope, ScopeUse } from '#lib/scopes/index';
import { accesses, circles, sensitivities } from '#lib/scopes/rules';
import type { Operations } from '../operation.ts';
import { cursor, limit, moment, momentSent, page, uuid, writeMoment, writeMomentOrNull } from '../values.ts';

const group = 'Platform';
const reads = ['platform:read', 'platform:write'] as const;
const writes = ['platform:write'] as const;
const all = '/platform/scopes';
const one = `${all}/{scope_name}` as const;

const texts = z.strictObject({ title: z.string(), description: z.string() });
const fields = {
  group: z.string().meta({ examples: ['invoices'] }),
  access: z.enum(accesses),
  sensitivity: z.enum(sensitivities).meta({ description: 'How carefully a person should consider it.' }),
  position: z.int().meta({ description: 'The order in the catalogue.' }),
  advertised: z.boolean().meta({ description: 'Listed in the published metadata, of which programs request all.' }),
  self_registered: z.boolean().meta({ description: 'Self-registered apps may have it.' }),
  open_to: z.enum(circles).meta({ description: 'The apps that may add it; those that have it keep it.' }),
  clients: z.array(uuid).meta({ description: 'The apps that may add it while `open_to` is `named`.' }),
  implies: z.array(z.string()).meta({ description: 'Scopes that a token with this one has too.' }),
  default: z.boolean().meta({ description: 'Given to new apps that name no scope.' }),
};
const textsByLanguage = z.record(z.string(), texts).meta({ description: 'By language; English is always there.' });
const offering = z.string().meta({ description: 'The URI of a resource that offers it from then on.' });

const scopeWire = z
  .strictObject({
    name: z.string().meta({ examples: ['invoices:read'] }),
    ...fields,
    texts: textsByLanguage,
    example: z.boolean().meta({ description: 'Part of the example catalogue of a new installation.' }),
    resources: z.array(z.string()).meta({ description: 'The URIs of the resources that offer it.' }),
    version: z.int(),
    retired_at: moment.nullable(),
    former_names: z.array(z.strictObject({ name: z.string(), accepted_until: moment })),
  })
  .meta({ id: 'PlatformScope' });

const use = {
  apps: z.int().meta({ description: 'Apps that have it, counted as far as 10000.' }),
  people: z.int().meta({ description: 'People that granted it, counted as far as 10000.' }),
};

const newScopeWire = z
  .strictObject(fields)
  .extend({ resource: offering })
  .partial()
  .extend({ name: z.string(), texts: textsByLanguage })
  .meta({
    id: 'NewPlatformScope',
    description: 'A new scope is neither advertised nor open to self-registered apps unless the request says so.',
    examples: [
      {
        name: 'invoices:read',
        texts: { en: { title: 'See your invoices', description: 'Read invoices and their state.' } },
      },
    ],
  });

const scopePatchWire = z
  .strictObject({
    ...fields,
    resource: offering,
    texts: z.record(z.string(), texts.nullable()).meta({ description: 'A language with null is removed.' }),
    new_name: z.string().meta({ description: 'Replaces the name everywhere; send `old_until` with it.' }),
    old_until: momentSent.meta({ description: 'Requests may use the former name until then.' }),
  })
  .partial()
  .meta({ id: 'PlatformScopePatch', description: 'A JSON Merge Patch (RFC 7396): what it does not name stays.' });

const importedWire = z
  .strictObject({
    dry_run: z.boolean(),
    added: z.array(
      z.strictObject({
        name: z.string(),
        access: z.enum(['read', 'write']),
        title: z.string(),
        description: z.string(),
      }),
    ),
    existing: z
      .array(z.string())
      .meta({ description: 'Scopes that the catalogue has already; they stay as they are.' }),
    refused: z.array(z.strictObject({ name: z.string(), message: z.string() })),
  })
  .meta({ id: 'ImportedScopes' });

export const platformScopeOperations = {
  listPlatformScopes: {
    method: 'GET',
    path: all,
    group,
    summary: 'List the catalogue of scopes',
    access: reads,
    query: z.strictObject({
      limit,
      cursor: cursor.optional(),
      retired: z.boolean().default(false).meta({ description: 'Retired scopes too.' }),
    }),
    status: 200,
    answer: page(scopeWire).omit({ previous_cursor: true }).meta({ id: 'PlatformScopePage' }),
  },
  createScope: {
    method: 'POST',
    path: all,
    group,
    summary: 'Add a scope',
    access: writes,
    body: newScopeWire,
    status: 201,
    answer: scopeWire,
    located: true,
    idempotent: true,
  },
  getPlatformScope: {
    method: 'GET',
    path: one,
    group,
    summary: 'Read a scope and how much it is used',
    access: reads,
    status: 200,
    answer: z.strictObject({ ...scopeWire.shape, ...use }).meta({ id: 'UsedPlatformScope' }),
    etag: true,
  },
  updateScope: {
    method: 'PATCH',
    path: one,
    group,
    summary: 'Change a scope',
    access: writes,
    body: scopePatchWire,
    media: 'merge_patch',
    status: 200,
    answer: scopeWire,
    etag: true,
    conditional: true,
  },
  retireScope: {
    method: 'POST',
    path: `${one}/retire`,
    group,
    summary: 'Retire a scope',
    description:
      'The owners of the apps that have it are told by mail first. From then on requests for it are refused and refreshed tokens lose it.',
    access: writes,
    body: z
      .strictObject({ on: momentSent.optional().meta({ description: 'When; now if it is left out.' }) })
      .meta({ id: 'RetireScope' }),
    bodyOptional: true,
    status: 200,
    answer: z
      .strictObject({ ...scopeWire.shape, ...use, mails: z.int().meta({ description: 'Owners that were told.' }) })
      .meta({ id: 'RetiredScope' }),
    etag: true,
    conditional: true,
  },
  restoreScope: {
    method: 'POST',
    path: `${one}/restore`,
    group,
    summary: 'Offer a retired scope again',
    access: writes,
    status: 200,
    answer: scopeWire,
    etag: true,
    conditional: true,
  },
  importScopes: {
    method: 'POST',
    path: '/platform/scope-imports',
    group,
    summary: 'Add the scopes of an OpenAPI document',
    description: 'Scopes of its OAuth security schemes and operations. Those that exist stay as they are.',
    access: writes,
    body: z
      .strictObject({
        group: z.string().optional(),
        document: z.record(z.string(), z.unknown()).meta({ description: 'An OpenAPI 3 document.' }),
        dry_run: z.boolean().default(false).meta({ description: 'Only shows what it would add.' }),
      })
      .meta({ id: 'ScopeImport' }),
    status: 200,
    answer: importedWire,
  },
} satisfies Operations;

type Offering = { uri: string; scopes: readonly string[] };

export const writePlatformScope = (scope: Scope, resources: readonly Offering[]): z.input<typeof scopeWire> => ({
  name: scope.name,
  group: scope.group,
  access: scope.access,
  sensitivity: scope.sensitivity,
  texts: scope.texts,
  position: scope.position,
  advertised: scope.advertised,
  self_registered: scope.openToStrangers,
  open_to: scope.openTo,
  clients: scope.namedClients,
  implies: scope.implies,
  default: scope.isDefault,
  example: scope.isExample,
  resources: resources.filter(({ scopes }) => scopes.includes(scope.name)).map(({ uri }) => uri),
  version: scope.version,
  retired_at: writeMomentOrNull(scope.retiredAt),
  former_names: scope.formerNames.map(({ name, acceptedUntil }) => ({
    name,
    accepted_until: writeMoment(acceptedUntil),
  })),
});

export const writeScopeUse = ({ apps, people }: ScopeUse): ScopeUse => ({ apps, people });

export const writeImported = (imported: Imported, dryRun: boolean): z.input<typeof importedWire> => ({
  dry_run: dryRun,
  ...imported,
});

type Fields = z.output<z.ZodObject<typeof fields>>;
type SentFields = { [Name in keyof Fields]?: Fields[Name] | undefined };

/** The fields of a scope that a request names. */
export const readScopeFields = (sent: SentFields) => ({
  group: sent.group,
  access: sent.access,
  sensitivity: sent.sensitivity,
  position: sent.position,
  advertised: sent.advertised,
  openToStrangers: sent.self_registered,
  openTo: sent.open_to,
  namedClients: sent.clients,
  implies: sent.implies,
  isDefault: sent.default,
});

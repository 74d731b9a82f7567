import { z } from 'zod';
import {
  applicationTypes,
  authMethods,
  descriptionLengthMax,
  environments,
  grantTypes,
  lifetimeSecondsMax,
  nameLengthMax,
  provenances,
  redirectUriMax,
  reviewStates,
  statuses,
} from '#lib/clients/rules';
import { cursor, limit, moment, page, scope, uuid } from './values.ts';

const webUri = z.string().meta({ examples: ['https://app.example/about'] });
const seconds = z.int().min(1).max(lifetimeSecondsMax);
const uri = z.string().meta({ examples: ['https://app.example/callback'] });
const uris = z.array(uri).meta({ description: `At most ${redirectUriMax}.` });
const optionalScopes = z.array(z.string().meta({ examples: ['email'] })).meta({
  description:
    'Those of `scope` that a person may decline; the others are allowed together or not at all. Never `openid`. A scope that leaves `scope` leaves here too.',
});
const jwks = z.looseObject({ keys: z.array(z.record(z.string(), z.unknown())) });
const name = z.string().meta({ description: `1 to ${nameLengthMax} characters.`, examples: ['Invoices'] });

const texts = { client_name: name, client_uri: webUri, logo_uri: webUri, tos_uri: webUri, policy_uri: webUri };
const textsOfLanguage = z.strictObject(texts).partial();
const byLanguage = 'Texts by language tag (BCP 47): what RFC 7591 §2.2 writes as `client_name#de`.';

/** What a developer decides about a client, in the names of RFC 7591 §2 and OpenID Registration; `environment` is fixed at creation. */
const settings = {
  client_name: name,
  description: z.string().meta({ description: `Up to ${descriptionLengthMax} characters.` }),
  application_type: z.enum(applicationTypes),
  token_endpoint_auth_method: z.enum(authMethods),
  secret_optional: z.boolean().meta({ description: 'The client may also come without its secret, with PKCE instead.' }),
  require_pkce: z.boolean(),
  grant_types: z.array(z.enum(grantTypes)),
  response_types: z.array(z.enum(['code'])).max(1),
  scope,
  optional_scopes: optionalScopes,
  redirect_uris: uris,
  post_logout_redirect_uris: uris,
  allowed_origins: z.array(z.string().meta({ examples: ['https://app.example'] })),
  client_uri: webUri.nullable(),
  logo_uri: webUri.nullable().meta({
    description: 'An image there is fetched once, and shown from here where no logo was uploaded. Never an SVG.',
  }),
  tos_uri: webUri.nullable(),
  policy_uri: webUri.nullable(),
  contacts: z.array(z.string().meta({ format: 'email', examples: ['dev@app.example'] })),
  localized: z.record(z.string(), textsOfLanguage).meta({ description: byLanguage }),
  access_token_lifetime_seconds: seconds,
  refresh_token_lifetime_seconds: seconds,
  open_to_other_organizations: z.boolean(),
  jwks: jwks.nullable().meta({ description: 'Public keys only. Either this or `jwks_uri`.' }),
  jwks_uri: webUri.nullable(),
  software_id: z.string().nullable(),
  software_version: z.string().nullable(),
  subject_type: z.enum(['public', 'pairwise']),
  sector_identifier_uri: webUri.nullable(),
  id_token_signed_response_alg: z.enum(['RS256', 'ES256']),
  userinfo_signed_response_alg: z
    .enum(['RS256', 'ES256'])
    .nullable()
    .meta({ description: 'Userinfo answers a JWT that is signed so; null: plain JSON.' }),
  initiate_login_uri: webUri.nullable(),
  backchannel_logout_uri: webUri.nullable(),
  backchannel_logout_session_required: z.boolean(),
  default_max_age: z.int().min(0).max(2_147_483_647).nullable().meta({ description: 'Seconds.' }),
  require_auth_time: z.boolean(),
  default_acr_values: z.array(z.string()).max(20),
  require_pushed_authorization_requests: z.boolean(),
  dpop_bound_access_tokens: z.boolean(),
};

const environment = z.enum(environments).meta({ description: 'Fixed at creation.' });
const productId = z.int().min(1).max(2_147_483_647).nullable();

/** `POST /clients` */
export const newClientWire = z
  .strictObject(settings)
  .extend({ environment, product_id: productId })
  .partial()
  .required({ client_name: true })
  .meta({
    id: 'NewClient',
    description: 'Everything that is left out gets its default.',
    examples: [{ client_name: 'Invoices', redirect_uris: ['https://app.example/callback'], scope: 'openid profile' }],
  });

const removable = <T extends z.ZodType>(member: T) => member.nullable();

/** `PATCH /clients/{client_id}`: null takes a member away (RFC 7396), where it can be without. */
export const patchWire = z
  .strictObject({
    ...settings,
    description: removable(settings.description),
    scope: removable(settings.scope),
    optional_scopes: removable(optionalScopes),
    redirect_uris: removable(uris),
    post_logout_redirect_uris: removable(uris),
    allowed_origins: removable(settings.allowed_origins),
    contacts: removable(settings.contacts),
    default_acr_values: removable(settings.default_acr_values),
    jwks: removable(jwks.partial()),
    localized: removable(z.record(z.string(), removable(nullableTexts()))).meta({ description: byLanguage }),
    product_id: productId,
  })
  .partial()
  .meta({
    id: 'ClientPatch',
    description: 'A JSON Merge Patch (RFC 7396): what it does not name stays.',
    examples: [{ description: 'Files invoices', tos_uri: null }],
  });

function nullableTexts() {
  const { client_name, client_uri, logo_uri, tos_uri, policy_uri } = texts;
  return z
    .strictObject({
      client_name: client_name.nullable(),
      client_uri: client_uri.nullable(),
      logo_uri: logo_uri.nullable(),
      tos_uri: tos_uri.nullable(),
      policy_uri: policy_uri.nullable(),
    })
    .partial();
}

/** `POST /clients/{client_id}/clone` */
export const cloneWire = z
  .strictObject({ client_name: name, environment })
  .partial()
  .meta({ id: 'CloneClient', description: 'The name is `… (copy)` and the environment the same when left out.' });

export const standings = ['first_party', 'verified', 'unverified', 'self_registered', 'suspended', 'disabled'] as const;
export const standingMeans = 'What people read about who stands behind it.';
export const verifiedMeans =
  'Every redirect URI, and there is one, is https under a domain that was proved to be its publisher’s.';

/** A client in a list. */
export const listedClientWire = z
  .strictObject({
    client_id: uuid,
    ...settings,
    environment,
    number: z.int().meta({ description: 'The order of creation.' }),
    organization_id: uuid,
    product_id: productId,
    provenance: z.enum(provenances),
    status: z.enum(statuses),
    review_state: z
      .enum(reviewStates)
      .meta({ description: 'What the operator made of a request for review; it gives no badge.' }),
    verified: z.boolean().meta({ description: verifiedMeans }),
    standing: z.enum(standings).meta({ description: standingMeans }),
    logo_url: z.string().nullable().meta({ description: 'Our own picture of the logo that was uploaded or fetched.' }),
    metadata_url: z.string().nullable(),
    version: z.int().meta({ description: 'Grows by one with every change; the ETag begins with it.' }),
    created_by: z.string().nullable(),
    updated_by: z.string().nullable(),
    created_at: moment,
    updated_at: moment,
    last_used_at: moment.nullable(),
  })
  .meta({ id: 'ListedClient' });

const warning = z
  .strictObject({
    field: z.string().meta({ description: 'The member.', examples: ['tos_uri'] }),
    pointer: z
      .string()
      .meta({ description: 'Where in the client (RFC 6901, as a fragment).', examples: ['#/tos_uri'] }),
    rule: z.string().meta({ description: 'The rule behind it; stable.', examples: ['M13'] }),
    message: z.string().meta({ description: 'What to look at, for people.' }),
  })
  .meta({ id: 'Warning' });

/** A client as its organization sees it. */
export const clientWire = z
  .strictObject({
    ...listedClientWire.shape,
    warnings: z.array(warning).meta({
      description:
        'What is accepted and should be looked at: the findings that the portal shows. Empty where there is none.',
    }),
  })
  .meta({ id: 'Client' });

const secretShown = z.string().meta({ description: 'Shown in this answer and never again.' });

export const createdClientWire = z
  .strictObject({ ...clientWire.shape, client_secret: secretShown.optional(), secret_id: uuid.optional() })
  .meta({ id: 'CreatedClient', description: 'A client, with its first secret when it authenticates by one.' });

export const clientPageWire = page(listedClientWire).meta({ id: 'ClientPage' });

/** `GET /clients`: filters that are sent together must all fit. */
export const clientQuery = z.strictObject({
  limit,
  cursor: cursor.optional(),
  sort: z.enum(['-created_at', 'client_name', '-last_used_at']).default('-created_at'),
  application_type: z.enum(applicationTypes).optional(),
  environment: z.enum(environments).optional(),
  grant_type: z.enum(grantTypes).optional(),
  status: z.enum(statuses).optional(),
  verified: z.boolean().optional(),
  provenance: z.enum(provenances).optional(),
  client_type: z.enum(['public', 'confidential']).optional(),
  product_id: z.int().min(1).max(2_147_483_647).optional(),
  created_by: z.string().max(100).optional().meta({ description: 'The id of a person.' }),
  client_id: z.array(uuid).max(50).optional().meta({ description: 'One or several ids.' }),
  client_name: z.string().max(1024).optional().meta({ description: 'The whole name.' }),
  client_name_contains: z
    .string()
    .max(1024)
    .refine((text) => [...text].length >= 3, 'Search for at least 3 characters.')
    .optional()
    .meta({ minLength: 3, description: 'Part of the name, whatever the case.' }),
});

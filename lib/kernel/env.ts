import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { z } from 'zod';
import { once } from './once.ts';

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;
const text = z.string().trim().min(1);
const web = z.url({ protocol: /^https?$/, error: 'must be a URL that starts with https:// or http://' });
const postgresUrl = z.url({
  protocol: /^postgres(ql)?$/,
  error: 'must look like postgres://user:password@host:5432/name',
});
const yesOrNo = z.stringbool({ error: 'must be true or false' });
const whole = (min: number, max: number) =>
  z.coerce.number(`must be a whole number from ${min} to ${max}`).int().min(min).max(max);

const origin = text
  .refine(
    (url) => /^https?:\/\/[^/?#@]+\/?$/i.test(url) && URL.canParse(url),
    'must be an origin alone, like https://apps.example.com',
  )
  .transform((url) => new URL(url).origin);

const proxies = text
  .transform((list) => list.split(',').map((one) => one.trim()))
  .refine((list) => list.every(isNetwork), 'must be IP addresses or networks (10.0.0.0/8), separated by commas');

function isNetwork(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  const bitsMax = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  const isInRange = bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= bitsMax);
  return rest.length === 0 && bitsMax > 0 && isInRange;
}

const softwareIssuers = text
  .transform((list) => list.split(',').map((one) => one.trim().split(/\s+/)))
  .refine(
    (list) => list.every(([issuer = '', keys = '', ...rest]) => issuer && URL.canParse(keys) && rest.length === 0),
    'must be pairs of an issuer and the URL of its keys, separated by a space, the pairs by commas',
  )
  .transform((list) => list.map(([issuer = '', jwksUri = '']) => ({ issuer, jwksUri })));

const names = text.transform((list) => list.split(',').flatMap((one) => one.trim() || []));

const schemes = text
  .transform((list) => list.split(',').map((one) => one.trim().toLowerCase()))
  .refine(
    (list) => list.every((one) => /^[a-z][a-z0-9+.-]*$/.test(one) && !/^https?$/.test(one)),
    'must be URI schemes other than http and https, without their colon, separated by commas',
  );

/** Every environment variable of Clientele; docs/configuration.md has one row for each. */
export const variables = {
  PORT: whole(1, 65535).default(3000),
  HOST: text.default('127.0.0.1'),
  APP_URL: origin.optional(),
  DATABASE_URL: postgresUrl.optional(),
  DATABASE_MIGRATION_URL: postgresUrl.optional(),
  DATABASE_POOL_SIZE: whole(2, 1000).default(10),
  DATABASE_STATEMENT_TIMEOUT: whole(500, 600_000).default(1500),
  CLIENTELE_DATA: text.default('.clientele'),
  CLIENTELE_SIGN_UP: z.enum(['open', 'closed'], { error: 'must be open or closed' }).default('open'),
  CLIENTELE_REGISTRATION: z.enum(['off', 'token', 'open'], { error: 'must be off, token or open' }).default('token'),
  CLIENTELE_METADATA_DOCUMENTS: yesOrNo.default(false),
  CLIENTELE_REDIRECT_SCHEMES: schemes.optional(),
  CLIENTELE_RESERVED_NAMES: names.default([]),
  CLIENTELE_SOFTWARE_ISSUERS: softwareIssuers.default([]),
  CLIENTELE_ALLOW_LOOPBACK_FETCH: yesOrNo.default(false),
  CLIENTELE_REFRESH_GRACE_SECONDS: whole(0, 60).default(30),
  CLIENTELE_TRUSTED_PROXIES: proxies.default([]),
  CLIENTELE_RATE_LIMIT_FACTOR: z.coerce
    .number('must be a number above 0')
    .positive('must be a number above 0')
    .default(1),
  CLIENTELE_LOG: z.enum(['all', 'errors', 'none'], { error: 'must be all, errors or none' }).default('all'),
  SMTP_URL: z
    .url({ protocol: /^smtps?$/, error: 'must look like smtps://user:password@mail.example.com:465' })
    .optional(),
  MAIL_FROM: text.regex(/@/, 'must be an e-mail address, with or without a name: Acme <apps@acme.example>').optional(),
  OIDC_ISSUER: web.optional(),
  OIDC_CLIENT_ID: text.optional(),
  OIDC_CLIENT_SECRET: text.optional(),
  OIDC_NAME: text.optional(),
  GITHUB_CLIENT_ID: text.optional(),
  GITHUB_CLIENT_SECRET: text.optional(),
  GITHUB_AUTHORIZATION_URL: web.default('https://github.com/login/oauth/authorize'),
  GITHUB_TOKEN_URL: web.default('https://github.com/login/oauth/access_token'),
  GITHUB_API_URL: web.default('https://api.github.com'),
  GOOGLE_CLIENT_ID: text.optional(),
  GOOGLE_CLIENT_SECRET: text.optional(),
  GOOGLE_ISSUER: web.default('https://accounts.google.com'),
};

/** The configuration is wrong; the message has one line per mistake. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}

/** Reads the configuration from environment variables. An empty variable counts as absent. @throws ConfigurationError */
export function readEnv(source: Record<string, string | undefined>) {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value?.trim()));
  const read = z.object(variables).safeParse(given);
  const mistakes = read.success ? [] : read.error.issues.map((one) => `${one.path.join('.')} ${one.message}.`);
  for (const name of Object.keys(given))
    if (name.startsWith('CLIENTELE_') && !(name in variables)) mistakes.push(`${name} is not a setting.`);
  if (read.success) mistakes.push(...contradictions(read.data));
  if (!read.success || mistakes.length > 0) throw new ConfigurationError(mistakes.join('\n'));
  const { data } = read;
  const appUrl = appUrlOf(data);
  return {
    port: data.PORT,
    host: data.HOST,
    appUrl,
    databaseUrl: data.DATABASE_URL,
    databaseMigrationUrl: data.DATABASE_MIGRATION_URL ?? data.DATABASE_URL,
    databasePoolSize: data.DATABASE_POOL_SIZE,
    statementTimeoutMs: data.DATABASE_STATEMENT_TIMEOUT,
    dataFolder: resolve(data.CLIENTELE_DATA),
    signUp: data.CLIENTELE_SIGN_UP,
    registration: data.CLIENTELE_REGISTRATION,
    metadataDocuments: data.CLIENTELE_METADATA_DOCUMENTS,
    redirectSchemes: data.CLIENTELE_REDIRECT_SCHEMES,
    reservedNames: data.CLIENTELE_RESERVED_NAMES,
    softwareIssuers: data.CLIENTELE_SOFTWARE_ISSUERS,
    allowLoopbackFetch: data.CLIENTELE_ALLOW_LOOPBACK_FETCH,
    refreshGraceSeconds: data.CLIENTELE_REFRESH_GRACE_SECONDS,
    trustedProxies: data.CLIENTELE_TRUSTED_PROXIES,
    rateLimitFactor: data.CLIENTELE_RATE_LIMIT_FACTOR,
    log: data.CLIENTELE_LOG,
    smtpUrl: data.SMTP_URL,
    mailFrom: data.MAIL_FROM ?? `Clientele <noreply@${new URL(appUrl).hostname}>`,
    oidc: credentials(data.OIDC_CLIENT_ID, data.OIDC_CLIENT_SECRET, {
      issuer: data.OIDC_ISSUER ?? '',
      name: data.OIDC_NAME ?? 'single sign-on',
    }),
    github: credentials(data.GITHUB_CLIENT_ID, data.GITHUB_CLIENT_SECRET, {
      authorizationUrl: data.GITHUB_AUTHORIZATION_URL,
      tokenUrl: data.GITHUB_TOKEN_URL,
      apiUrl: data.GITHUB_API_URL,
    }),
    google: credentials(data.GOOGLE_CLIENT_ID, data.GOOGLE_CLIENT_SECRET, { issuer: data.GOOGLE_ISSUER }),
  };
}

type Variables = z.output<z.ZodObject<typeof variables>>;

const appUrlOf = (data: Variables) => data.APP_URL ?? `http://127.0.0.1:${data.PORT}`;

function credentials<T>(clientId: string | undefined, clientSecret: string | undefined, endpoints: T) {
  return clientId && clientSecret ? { clientId, clientSecret, ...endpoints } : undefined;
}

/** Returns a line for each group of variables whose values do not fit together. */
function contradictions(data: Variables): string[] {
  const mistakes: string[] = [];
  if (data.CLIENTELE_ALLOW_LOOPBACK_FETCH && !loopback.test(new URL(appUrlOf(data)).hostname))
    mistakes.push('CLIENTELE_ALLOW_LOOPBACK_FETCH is for trials on one machine: APP_URL must then be loopback too.');
  if (data.DATABASE_MIGRATION_URL && !data.DATABASE_URL)
    mistakes.push('DATABASE_MIGRATION_URL needs DATABASE_URL too.');
  const together = [
    ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'],
    ['GITHUB_CLIENT_ID', 'GITHUB_CLIENT_SECRET'],
    ['GOOGLE_CLIENT_ID', 'GOOGLE_CLIENT_SECRET'],
  ] as const;
  for (const names of together) {
    const missing = names.filter((name) => !data[name]);
    if (missing.length > 0 && missing.length < names.length)
      mistakes.push(`${names.join(', ')} belong together: ${missing.join(', ')} is missing.`);
  }
  return mistakes;
}

export type Env = ReturnType<typeof readEnv>;

/** The configuration, read once per process; the only reader of process.env. */
export const env = (): Env => once('env', () => readEnv(process.env));

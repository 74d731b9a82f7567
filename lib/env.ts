import { z } from 'zod';
import { once } from './once.ts';

const text = z.string().optional();

const schema = z.object({
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  HOST: z.string().default('127.0.0.1'),
  APP_URL: z.httpUrl().optional(),
  DATABASE_URL: text,
  DATABASE_MIGRATION_URL: text,
  CLIENTELE_DATA: z.string().default('.clientele'),
  CLIENTELE_SIGN_UP: z.enum(['open', 'closed']).default('open'),
  CLIENTELE_RATE_LIMIT_FACTOR: z.coerce.number().positive().default(1),
  CLIENTELE_TRUSTED_PROXIES: z.string().default(''),
  SMTP_URL: text,
  MAIL_FROM: text,
});

function read() {
  const raw = schema.parse(process.env);
  return {
    port: raw.PORT,
    host: raw.HOST,
    appUrl: raw.APP_URL ?? `http://127.0.0.1:${raw.PORT}`,
    databaseUrl: raw.DATABASE_URL ?? '',
    databaseMigrationUrl: raw.DATABASE_MIGRATION_URL ?? raw.DATABASE_URL ?? '',
    dataFolder: raw.CLIENTELE_DATA,
    signUp: raw.CLIENTELE_SIGN_UP,
    rateLimitFactor: raw.CLIENTELE_RATE_LIMIT_FACTOR,
    trustedProxies: raw.CLIENTELE_TRUSTED_PROXIES.split(',').filter(Boolean),
    smtpUrl: raw.SMTP_URL,
    mailFrom: raw.MAIL_FROM,
  };
}

/** The configuration, read once per process; the only reader of process.env. */
export const env = () => once('env', read);

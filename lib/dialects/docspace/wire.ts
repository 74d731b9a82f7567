import { z } from 'zod';
import { judgeAllowedOrigins, judgeRedirectUri, judgeWebUri, refusalsOf, remedyWithRule } from '#lib/clients/rules';
import type { Issue } from '#lib/errors';
import { kindOfLogo, type LogoKind } from '#lib/logos/rules';

/** The codes of this API's validation, each in front of its message until `writeError` takes them apart. */
export type Code = 'EmptyFieldError' | 'ErrorName' | 'ErrorWrongURL' | 'ErrorPattern' | 'ErrorInvalidScope';

const say = (code: Code, message: string) => `${code}: ${message}`;

/** A text: a missing one and null are empty, another type is wrong. */
const text = (label: string, code: Code) =>
  z.string({
    error: ({ input }) =>
      input == null ? say('EmptyFieldError', `${label} must not be empty`) : say(code, `${label} must be a text`),
  });

const filled = (label: string, code: Code) =>
  text(label, code).refine((value) => value.trim() !== '', {
    error: say('EmptyFieldError', `${label} must not be empty`),
    abort: true,
  });

const flag = (label: string) => z.boolean({ error: say('ErrorPattern', `${label} must be true or false`) }).nullish();

const lengthOf = (value: string) => [...value.normalize('NFC').trim()].length;

const name = filled('client name', 'ErrorName');

const description = text('client description', 'ErrorName')
  .refine((value) => [...value].length <= 255, {
    error: say('ErrorName', 'client description length is expected to be less than 256 characters'),
  })
  .nullish();

const host = /^(?:https?:\/\/)?(?:[a-z0-9-]+\.)+(?:[a-z]{2,}|xn--[a-z0-9-]+)$/i;
const address = /^https?:\/\/(?:\d{1,3}\.){3}\d{1,3}$/i;
const afterHost = /(?::\d{1,5})?(?:\/[\w\-.~:/?#[\]@!$&'()*+,;=%]*)?$/;

/** A page: the scheme may be left out, the host has a dot and a top-level domain, or is an IPv4 address after http(s). */
function isPage(value: string): boolean {
  const start = value.replace(/^(https?:\/\/)?([^/:]*).*$/is, '$1$2');
  return (host.test(start) || address.test(start)) && value.slice(start.length).replace(afterHost, '') === '';
}

type Judge = (address: string) => Issue[];

/** What the rule book says about an address that this API refuses; a sentence of ours where it says nothing. */
function sayWrong(address: unknown, judge: Judge, otherwise: string): string {
  const [wrong] = refusalsOf(judge(String(address)));
  return say('ErrorWrongURL', wrong ? remedyWithRule(wrong) : otherwise);
}

const strict = { applicationType: 'web', environment: 'production', confidential: true } as const;
const asRedirect: Judge = (address) => judgeRedirectUri(address, strict);
const asPage: Judge = (address) => judgeWebUri(address, { field: '', rule: 'M13', environment: 'production' });
const asOrigin: Judge = (address) => judgeAllowedOrigins([address], { environment: 'production', tolerant: true });

const page = (label: string, judge = asPage) =>
  filled(label, 'ErrorWrongURL').refine((value) => value.length <= 2048 && isPage(value), {
    error: ({ input }) => sayWrong(input, judge, `${label} is not a valid address`),
  });

const addresses = (label: string, judge: Judge) =>
  z
    .array(
      z
        .string({ error: say('ErrorWrongURL', `each of the ${label} must be a text`) })
        .refine((value) => /^(?:https?|claude):\/\/[^\s/]/i.test(value) && URL.canParse(value), {
          error: ({ input }) =>
            sayWrong(input, judge, `${label}: "${String(input).slice(0, 100)}" is not a valid address`),
        }),
      {
        error: ({ input }) =>
          input == null
            ? say('EmptyFieldError', `${label} must not be null`)
            : say('ErrorWrongURL', `${label} must be a list of addresses`),
      },
    )
    .refine((values) => values.length >= 1 && new Set(values).size <= 12, {
      error: say('ErrorName', `${label} must contain at least 1 and at most 12 addresses`),
    })
    .transform((values) => [...new Set(values)]);

const scopes = z
  .array(z.string({ error: say('ErrorInvalidScope', 'each scope must be a text') }), {
    error: ({ input }) =>
      input == null
        ? say('EmptyFieldError', 'scopes field can not be empty')
        : say('ErrorInvalidScope', 'scopes must be a list of names'),
  })
  .refine((values) => values.length > 0, { error: say('EmptyFieldError', 'scopes field can not be empty') });

const logoCharactersMax = 2_000_000;
const logoBytesMax = 256_000;
const logoKinds: readonly unknown[] = ['png', 'jpeg', 'svg'] satisfies LogoKind[];
const logo = filled('client logo', 'ErrorPattern')
  .refine(
    (value) => value.length <= logoCharactersMax && /^data:image\/(?:png|jpeg|jpg|svg\+xml);base64,/.test(value),
    {
      error: say('ErrorPattern', 'client logo is expected to be passed as base64'),
      abort: true,
    },
  )
  .transform((value) => value.slice(value.indexOf(',') + 1))
  .refine((base64) => /^[A-Za-z0-9+/]+={0,2}$/.test(base64), {
    error: say('ErrorPattern', 'client logo is expected to be passed as base64'),
    abort: true,
  })
  .transform((base64): Uint8Array => Buffer.from(base64, 'base64'))
  .refine((bytes) => logoKinds.includes(kindOfLogo(bytes)), {
    error: say('ErrorPattern', 'client logo is expected to be a PNG, JPEG or SVG image'),
    abort: true,
  });

/** `POST /clients` */
export const newClientWire = z.object({
  name: name.refine((value) => lengthOf(value) >= 3 && lengthOf(value) <= 256, {
    error: say('ErrorName', 'client name length is expected to be between 3 and 256 characters'),
  }),
  description,
  logo: logo.refine((bytes) => bytes.byteLength <= logoBytesMax, {
    error: say('ErrorPattern', `client logo is expected to be at most ${logoBytesMax} bytes`),
  }),
  allow_pkce: flag('allow pkce'),
  is_public: flag('is public'),
  website_url: page('website url'),
  terms_url: page('terms url'),
  policy_url: page('policy url'),
  redirect_uris: addresses('redirect uris', asRedirect),
  allowed_origins: addresses('allowed origins', asOrigin),
  logout_redirect_uri: page('logout redirect uri', asRedirect),
  scopes,
});

/** `PUT /clients/{id}`: nothing else is changed by it, whatever else is sent. */
export const patchWire = z.object({
  name,
  description,
  logo,
  allow_pkce: flag('allow pkce'),
  is_public: flag('is public'),
  allowed_origins: addresses('allowed origins', asOrigin),
  scopes: scopes.nullish(),
});

/** `PATCH /clients/{id}/activation` */
export const activationWire = z.object({
  status: z.boolean({
    error: ({ input }) =>
      input == null
        ? say('EmptyFieldError', 'client status must not be empty')
        : say('ErrorPattern', 'client status must be true or false'),
  }),
});

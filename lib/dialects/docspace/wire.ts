import { z } from 'zod';
import { misread } from '#lib/clients/rules';
import type { Issue } from '#lib/kernel/errors';
import { tableOf } from '#lib/kernel/table';
import { normalized } from '#lib/kernel/values';
import { kindOfLogo, type LogoKind } from '#lib/logos/rules';
import { readMembers as readEach } from '../read-members.ts';
import { filled, members, patchShape, shape, withCode } from './members.ts';

const lengthOf = (value: string) => [...normalized(value, 'NFC').trim()].length;

const name = filled('client name', 'ErrorName');

const logoCharactersMax = 2_000_000;
const logoBytesMax = 256_000;
const logoKinds: readonly unknown[] = ['png', 'jpeg', 'svg'] satisfies LogoKind[];
const logo = filled('client logo', 'ErrorPattern')
  .refine(
    (value) => value.length <= logoCharactersMax && /^data:image\/(?:png|jpeg|jpg|svg\+xml);base64,/.test(value),
    {
      error: withCode('ErrorPattern', 'client logo is expected to be passed as base64'),
      abort: true,
    },
  )
  .transform((value) => value.slice(value.indexOf(',') + 1))
  .refine((base64) => /^[A-Za-z0-9+/]+={0,2}$/.test(base64), {
    error: withCode('ErrorPattern', 'client logo is expected to be passed as base64'),
    abort: true,
  })
  .transform((base64): Uint8Array => Buffer.from(base64, 'base64'))
  .refine((bytes) => logoKinds.includes(kindOfLogo(bytes)), {
    error: withCode('ErrorPattern', 'client logo is expected to be a PNG, JPEG or SVG image'),
    abort: true,
  });

/** `POST /clients` */
export const newClientWire = z.object({
  name: name.refine((value) => lengthOf(value) >= 3 && lengthOf(value) <= 256, {
    error: withCode('ErrorName', 'client name length is expected to be between 3 and 256 characters'),
  }),
  description: members.description.schema,
  logo: logo.refine((bytes) => bytes.byteLength <= logoBytesMax, {
    error: withCode('ErrorPattern', `client logo is expected to be at most ${logoBytesMax} bytes`),
  }),
  ...shape,
});

/** `PUT /clients/{id}`: other members are ignored. */
export const patchWire = z.object({ name, description: members.description.patch, logo, ...patchShape });

/** `PATCH /clients/{id}/activation` */
export const activationWire = z.object({
  status: z.boolean({
    error: ({ input }) =>
      input == null
        ? withCode('EmptyFieldError', 'client status must not be empty')
        : withCode('ErrorPattern', 'client status must be true or false'),
  }),
});

const wireNames = Object.fromEntries(Object.entries(members).map(([field, { name }]) => [field, name]));

/** This API's names for the domain's fields. */
export const wireName = tableOf<string>(wireNames);

const domainNames = new Map(Object.entries(wireNames).map(([domain, wire]) => [wire, domain]));

/** Reads the members of a body. The code of each issue is in its message, before a colon. */
export const readMembers = <Shape extends z.ZodRawShape>(schema: z.ZodObject<Shape>, body: object) =>
  readEach(schema, body, domainNames, issueOf);

function issueOf(field: string, coded: string): Issue {
  const [rule = '', message = ''] = coded.split(/: (.*)/s);
  return misread(field, rule, message);
}

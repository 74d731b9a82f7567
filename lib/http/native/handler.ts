import type { z } from 'zod';
import type { Context } from '../../context.ts';
import type { Operation, Operations } from '../../dialects/native/index.ts';
import type { Issue } from '../../errors.ts';
import type { Call } from '../call.ts';
import type { Caller } from './caller.ts';

type ParametersOf<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? { [Key in Name]: string } & ParametersOf<Rest>
  : unknown;

type Read<O, Key extends string> = O extends { [K in Key]: infer T extends z.ZodType } ? z.output<T> : undefined;

/**
 * What a handler is given: who calls, and what they sent, read by the operation's own schemas. Of a client's members those that could not be
 * read are missing, and `misread` says why: the verb refuses them together with every broken rule.
 */
export type Input<O extends Operation> = (O['access'] extends 'anyone' ? { ctx: Context } : Caller) & {
  call: Call;
  params: ParametersOf<O['path']>;
  query: Read<O, 'query'>;
  body: O['media'] extends 'image' ? Uint8Array : Read<O, 'body'>;
} & (O extends { naming: 'client'; body: z.ZodObject } ? { misread: readonly Issue[] } : unknown);

/** The answer that the operation documents. */
export type Said<O extends Operation> = {
  body: O extends { answer: infer T extends z.ZodType } ? z.input<T> : undefined;
  headers?: Record<string, string>;
};

export type Handler<O extends Operation> = (input: Input<O>) => Promise<Said<O>>;
export type Handlers<Os extends Operations> = { [Name in keyof Os]: Handler<Os[Name]> };

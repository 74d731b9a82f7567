import { selectUserByEmail } from '#db/queries/users';
import type { Context } from '../context.ts';
import { notFound } from '../errors.ts';
import { comparableEmail } from './email.ts';

/** The account of an address, for the operator's command line. @throws not_found */
export async function getUserByEmail(ctx: Context, email: string): Promise<{ id: string; email: string }> {
  const user = ctx.actor.kind === 'command_line' ? await selectUserByEmail(ctx.db, comparableEmail(email)) : undefined;
  if (!user) throw notFound('Account');
  return user;
}

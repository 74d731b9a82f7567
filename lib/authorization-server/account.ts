import type { Account, Client, KoaContextWithOIDC } from 'oidc-provider';
import { selectAccount } from '#db/queries/accounts';
import { database } from '#lib/kernel/database';
import { subjectFor } from '#lib/subjects/index';
import { clientOf } from './clients/registered-client.ts';
import { exchange } from './exchange.ts';

/**
 * The person behind a sign-in, a code or a token, as they are now. Undefined when the account is over, and where the client is for
 * the members of its organization only, when they are not one of them (any more).
 */
export async function findAccount(ctx: KoaContextWithOIDC, userId: string): Promise<Account | undefined> {
  const { person } = exchange();
  const known = person?.userId === userId;
  const client = ctx.oidc.client ?? (await clientOfToken(ctx));
  const load = () => selectAccount(database(), { userId, organizationId: clientOf(client.clientId).organizationId });
  // Who is signed in was looked up for this very request; what they may do here, the consent decides.
  const account = known ? undefined : await load();
  if (!known && !account) return undefined;
  if (account && !account.isMember && !clientOf(client.clientId).openToOtherOrganizations) return undefined;
  return { accountId: userId, claims: async () => claimsOf(userId, account ?? (await load())) };
}

const clientOfToken = async ({ oidc }: KoaContextWithOIDC): Promise<Client> => {
  const clientId = oidc.entities.AccessToken?.clientId;
  const client = clientId === undefined ? undefined : await oidc.provider.Client.find(clientId);
  if (!client) throw new Error('nobody asked for this account');
  return client;
};

const claimsOf = (userId: string, account: Awaited<ReturnType<typeof selectAccount>>) => ({
  sub: userId,
  ...(account && {
    name: account.name,
    updated_at: Math.floor(account.updatedAt.getTime() / 1000),
    email: account.email,
    email_verified: account.emailVerifiedAt !== null,
  }),
});

/** What the client calls the person where it registered `subject_type: pairwise`. */
export const pairwiseSubject = (_ctx: KoaContextWithOIDC, userId: string, { clientId }: Client): Promise<string> =>
  subjectFor(database(), userId, clientOf(clientId));

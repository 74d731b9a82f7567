import type { Account, Client, KoaContextWithOIDC } from 'oidc-provider';
import { selectAccount } from '#db/queries/accounts';
import { database } from '#lib/kernel/database';
import { subjectFor } from '#lib/subjects/index';
import { clientOf } from './clients/registered-client.ts';
import { currentRequest } from './request-state.ts';

/**
 * Finds the person of a session, code or token. Undefined if the account does not exist any more, or if the client is only for members of
 * its organization and the person is not one.
 */
export async function findAccount(ctx: KoaContextWithOIDC, userId: string): Promise<Account | undefined> {
  const { person } = currentRequest();
  const known = person?.userId === userId;
  const client = ctx.oidc.client ?? (await clientOfToken(ctx));
  const load = () => selectAccount(database(), { userId, organizationId: clientOf(client.clientId).organizationId });
  // The signed-in person was already looked up. The consent policy checks the membership.
  const account = known ? undefined : await load();
  if (!known && !account) return undefined;
  if (account && !account.isMember && !clientOf(client.clientId).openToOtherOrganizations) return undefined;
  return { accountId: userId, claims: async () => claimsOf(userId, account ?? (await load())) };
}

const clientOfToken = async ({ oidc }: KoaContextWithOIDC): Promise<Client> => {
  const clientId = oidc.entities.AccessToken?.clientId;
  const client = clientId === undefined ? undefined : await oidc.provider.Client.find(clientId);
  if (!client) throw new Error('no client asks for this account');
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

/** The person's `sub` at a client with `subject_type: pairwise`. */
export const pairwiseSubject = (_ctx: KoaContextWithOIDC, userId: string, { clientId }: Client): Promise<string> =>
  subjectFor(database(), userId, clientOf(clientId));

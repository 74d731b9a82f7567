import { isConfidential, judgeRedirectUri, refusalsOf } from '../clients/rules.ts';
import { database } from '../database.ts';
import { findDomainOfHost } from '../domains/index.ts';
import { exchange } from './exchange.ts';
import { isRegisteredRedirect, type RegisteredClient } from './registered-client.ts';

/**
 * Rule R16: a client that authenticates may push a redirect URI that is not registered, under a domain that its organization has
 * verified; oidc-provider has asked who it is, and asks `refusalOfPreview` later. Looked up where it may still take its time.
 */
export async function judgePreview(client: RegisteredClient, uri: string): Promise<void> {
  if (isRegisteredRedirect(client, uri)) return;
  exchange().preview = { uri, refusal: await refusalOf(client, uri) };
}

/** Why a redirect URI that is not registered is not accepted; undefined when it is. */
export function refusalOfPreview(uri: unknown): string | undefined {
  const { preview } = exchange();
  return preview === undefined || preview.uri !== uri ? notRegistered : preview.refusal;
}

const notRegistered = 'redirect_uri is not registered';

async function refusalOf(client: RegisteredClient, uri: string): Promise<string | undefined> {
  const { sectorIdentifierUri, applicationType, environment } = client;
  if (!isConfidential(client) || sectorIdentifierUri !== null) return notRegistered;
  const [wrong] = refusalsOf(judgeRedirectUri(uri, { applicationType, environment, confidential: true }));
  if (wrong) return `${notRegistered}, and could not be: ${wrong.message}`;
  const { protocol, hostname } = new URL(uri);
  const domain = protocol === 'https:' ? await findDomainOfHost(database(), hostname) : undefined;
  if (domain?.organizationId === client.organizationId) return undefined;
  return `${notRegistered}, and under no domain that its organization has verified`;
}

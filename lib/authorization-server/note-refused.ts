import type { KoaContextWithOIDC, Provider } from 'oidc-provider';
import { database } from '../database.ts';
import { type NewRefusal, noteRefusal, type RefusalEndpoint } from '../refusals/index.ts';
import { tableOf } from '../table.ts';
import { type Exchange, exchange } from './exchange.ts';
import { reasonOf } from './refusal-reason.ts';

type Failure = { error: string; error_description?: string | undefined; error_detail?: string | undefined };

const endpoints = tableOf<RefusalEndpoint>({
  authorization: 'authorize',
  resume: 'authorize',
  pushed_authorization_request: 'par',
  token: 'token',
  device_authorization: 'device',
  revocation: 'revoke',
  introspection: 'introspect',
  userinfo: 'userinfo',
});

/** Remembers why a request is refused, in more words than its client may be told. */
export function rememberRefusals(provider: Provider): void {
  provider.on('authorization.error', remember);
  provider.on('pushed_authorization_request.error', remember);
  provider.on('grant.error', remember);
  provider.on('device_authorization.error', remember);
  provider.on('revocation.error', remember);
  provider.on('introspection.error', remember);
  provider.on('userinfo.error', remember);
}

function remember(ctx: KoaContextWithOIDC, failure: Failure): void {
  const { error, error_description: description = '', error_detail: why = description } = failure;
  const endpoint = endpoints(ctx.oidc.route);
  const found = reasonOf(error, why);
  const current = exchange();
  delete current.refused;
  if (!found || !endpoint) return;
  const { reason, parameter } = found;
  const asked = parameter === 'origin' ? ctx.get('origin') : ctx.oidc.params?.[parameter ?? ''];
  const redirectUri = reason === 'redirect_uri' ? ctx.oidc.params?.redirect_uri : undefined;
  current.refused = {
    endpoint,
    reason,
    error,
    description: why,
    ...(asked !== undefined && { asked: [asked].flat().map(withoutQuery).join(' ') }),
    ...(typeof redirectUri === 'string' && { redirectUri }),
  };
}

/** What stands in a query may be nobody's business. */
const withoutQuery = (value: unknown): string => String(value).split('?', 1)[0] ?? '';

/** Notes it for the owner of the client that asked; returns the reference under which they find it. */
export function noteRefused({ refused, clientId, clients }: Exchange): string | undefined {
  if (!refused) return undefined;
  const id = clientId === undefined ? undefined : (clients.get(clientId)?.clientId ?? clientId);
  return noteRefusal(database(), { clientId: id, ...refused } satisfies NewRefusal);
}

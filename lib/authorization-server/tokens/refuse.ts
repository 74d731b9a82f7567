import { errors, type KoaContextWithOIDC, type Provider } from 'oidc-provider';
import { database } from '#lib/kernel/database';
import { whyNoScope } from '#lib/scopes/index';

const lengthMax = 200;

/** Shortens a requested value and replaces the characters that `error_description` must not contain (RFC 6749 §5.2). */
export const inDescription = (uri: unknown): string =>
  String(uri)
    .slice(0, lengthMax)
    .replace(/[^\x20-\x21\x23-\x5b\x5d-\x7e]/g, '?');

/** The error for an unknown resource (RFC 8707 §2). */
export const noSuchTarget = (uri: string) =>
  new errors.InvalidTarget(`there is no resource ${inDescription(uri)} here`);

/** Adds the requested resource to the description of each `invalid_target` that a program receives. */
export function nameResourceInErrors(provider: Provider): void {
  provider.on('grant.error', nameTarget);
  provider.on('device_authorization.error', nameTarget);
  provider.on('pushed_authorization_request.error', nameTarget);
}

function nameTarget(ctx: KoaContextWithOIDC, { error, error_description: why = '' }: errors.OIDCProviderError): void {
  const asked = [ctx.oidc.params?.resource ?? []].flat();
  if (error !== 'invalid_target' || asked.length === 0 || why.includes(inDescription(asked[0]))) return;
  const reason = why === unknown ? 'this authorization is not for that resource' : why;
  ctx.body = { error, error_description: `${reason}: ${asked.map(inDescription).join(' ')}` };
}

/** oidc-provider's description if a code or refresh token was issued for other resources. */
const unknown = 'resource indicator is missing, or unknown';

/** The error for a scope that does not exist, is retired, or is not registered for the client. */
export async function noSuchScope(name: string, asked: string = name): Promise<errors.InvalidScope> {
  const why = (await whyNoScope(database(), name)) ?? `the scope ${name} is not registered for this client`;
  return new errors.InvalidScope(inDescription(why), asked);
}

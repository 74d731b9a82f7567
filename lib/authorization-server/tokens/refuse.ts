import { errors, type KoaContextWithOIDC, type Provider } from 'oidc-provider';
import { database } from '#lib/kernel/database';
import { describeScopes } from '#lib/scopes/index';

const lengthMax = 200;

/** A resource that was asked for, in the characters that a description of an error may have (RFC 6749 §5.2). */
export const inDescription = (uri: unknown): string =>
  String(uri)
    .slice(0, lengthMax)
    .replace(/[^\x20-\x21\x23-\x5b\x5d-\x7e]/g, '?');

/** RFC 8707 §2, of a resource that is none of ours. */
export const noSuchTarget = (uri: string) =>
  new errors.InvalidTarget(`there is no resource ${inDescription(uri)} here`);

/** Which resource an error is about is said in it wherever a program reads it. */
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

/** What oidc-provider says where a code or a refresh token was given for others. */
const unknown = 'resource indicator is missing, or unknown';

/** Why a client that asks for a scope cannot have it: there is none, it is retired, or not registered. */
export async function noSuchScope(name: string, asked: string = name): Promise<errors.InvalidScope> {
  const [scope] = await describeScopes(database(), [name]);
  const named = inDescription(name);
  return new errors.InvalidScope(
    !scope
      ? `there is no scope ${named} here`
      : scope.retiredAt
        ? `the scope ${named} is retired`
        : `the scope ${named} is not registered for this client`,
    asked,
  );
}

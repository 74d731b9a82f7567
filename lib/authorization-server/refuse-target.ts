import { errors, type KoaContextWithOIDC, type Provider } from 'oidc-provider';

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
export function nameTargets(provider: Provider): void {
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

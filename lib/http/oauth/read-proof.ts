import type { Call } from '../call.ts';
import { fault } from '../problems.ts';

/** A DPoP proof (RFC 9449), if one came. It names the address it was made for: throws 400 where another spelling of it was asked. */
export function readProof(call: Call): string | undefined {
  const proof = call.req.header('dpop');
  if (proof !== undefined && !call.req.path.startsWith('/oauth/'))
    throw fault(400, 'A DPoP proof is accepted below /oauth/ only: not at this spelling of the endpoint.');
  return proof;
}

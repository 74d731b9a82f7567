import { proofAlgorithms } from '#lib/authorization-server/clients/authenticate';
import { judgeProof } from '#lib/authorization-server/overrides/proof';
import type { Person, Program } from '#lib/kernel/actor';
import type { Context } from '#lib/kernel/context';
import { database } from '#lib/kernel/database';
import { env } from '#lib/kernel/env';
import { authenticateBearer } from '#lib/tokens/index';
import type { Call } from './api.ts';

/** The subject of a token for the registry: a person, or a client that acts on its own behalf. */
export type Principal = Person | Program;

/** The principal of a call's token, and a function that authenticates the token again. */
export type Holder = { actor: Principal; reauthenticate: (db: Context['db']) => Promise<Principal | undefined> };

/** RFC 9449 §7.1: the token of an Authorization header with the scheme DPoP, `''` if the header has no token; undefined for another scheme. */
export function readDpopToken(header: string | undefined): string | undefined {
  const sent = /^DPoP(?: +(.*))?$/is.exec(header ?? '');
  return sent ? (/^[\w\-.~+/]+=* *$/.exec(sent[1] ?? '')?.[0].trimEnd() ?? '') : undefined;
}

/** Finds the holder of a DPoP-bound access token. If the proof is missing or invalid, returns undefined and sets the call's `challenge`. */
export async function findDpopHolder(call: Call, token: string): Promise<Holder | undefined> {
  const { method, url } = call.req;
  const proof = call.req.header('dpop') ?? '';
  const judged = await judgeProof({ proof, method, url: env().appUrl + new URL(url).pathname, token });
  if (judged.nonce !== undefined) call.header('dpop-nonce', judged.nonce);
  const refuse = (error: string, description: string) => {
    call.set('challenge', dpopChallenge({ error, error_description: description }));
    return undefined;
  };
  if ('refused' in judged) return refuse(judged.refused.error, judged.refused.description);
  const { thumbprint, use } = judged.key;
  const actor = await authenticateBearer(database(), token, { thumbprint });
  if (!actor) return refuse('invalid_token', 'no access token for this API that is bound to this key');
  const reauthenticate: Holder['reauthenticate'] = (db) =>
    authenticateBearer(db, token, { thumbprint, isRepeat: true });
  return (await use()) ? { actor, reauthenticate } : refuse('invalid_dpop_proof', 'this DPoP proof was used before');
}

/** RFC 9449 §7.1 */
export function dpopChallenge(parameters: Record<string, string> = {}): string {
  const all = Object.entries({ ...parameters, algs: proofAlgorithms.join(' ') });
  return `DPoP ${all.map(([name, value]) => `${name}="${value}"`).join(', ')}`;
}

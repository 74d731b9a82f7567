import { errors } from 'oidc-provider';
import validateDpop from 'oidc-provider/lib/helpers/validate_dpop.js';
import { isFirstUse } from '../clients/authenticate.ts';
import { running } from '../running.ts';

type Shown = {
  proof: string;
  /** The method of the request, and below its URL without a query. */
  method: string;
  url: string;
  /** The access token of the same request. */
  token: string;
};

/** The key whose possession a proof shows. */
export type ProvedKey = {
  /** RFC 7638 */
  thumbprint: string;
  /** Marks the proof as used; false if it was used before, in any process. Call it once, after all other checks. */
  use: () => Promise<boolean>;
};

export type Judged = {
  /** The nonce to send back if the proof has none or an old one. */
  nonce: string | undefined;
} & ({ key: ProvedKey } | { refused: { error: string; description: string } });

const goodForSeconds = 300;

/**
 * Verifies the DPoP proof of a request to an API (RFC 9449 §4.3, §7) exactly as oidc-provider does at its own endpoints: same algorithms,
 * dates and nonces, so that a client needs one nonce for this origin.
 */
export async function judgeProof({ proof, method, url, token }: Shown): Promise<Judged> {
  const { provider } = await running();
  let nonce: string | undefined;
  const asked = {
    method,
    get: () => proof,
    set: (_name: string, value: string) => {
      nonce = value;
    },
    oidc: { provider, route: '', urlFor: () => url },
  };
  try {
    const proved = await validateDpop(provider, asked, token);
    if (!proved) throw new errors.InvalidDpopProof('a DPoP proof must come with the token');
    const { thumbprint, jti } = proved;
    const use = () => isFirstUse(thumbprint, jti, Math.floor(Date.now() / 1000) + goodForSeconds);
    return { nonce, key: { thumbprint, use } };
  } catch (error) {
    if (!(error instanceof errors.InvalidDpopProof || error instanceof errors.UseDpopNonce)) throw error;
    return { nonce, refused: { error: error.error, description: error.error_description ?? '' } };
  }
}

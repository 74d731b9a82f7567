import { errors } from 'oidc-provider';
import validateDpop from 'oidc-provider/lib/helpers/validate_dpop.js';
import { running } from '../running.ts';
import { isFirstUse } from './overrides.ts';

type Shown = {
  proof: string;
  /** Of the request that it came with: its method, and its URL without a query. */
  method: string;
  url: string;
  /** The access token that it came with. */
  token: string;
};

/** What a proof shows: who has which key. */
export type ProvedKey = {
  /** RFC 7638 */
  thumbprint: string;
  /** Whether nobody has used this proof before, in any process: to be asked once, when all else is right. */
  use: () => Promise<boolean>;
};

export type Judged = {
  /** To be sent back, where the proof had none or an older one. */
  nonce: string | undefined;
} & ({ key: ProvedKey } | { refused: { error: string; description: string } });

const goodForSeconds = 300;

/**
 * Judges a DPoP proof that came with an access token to an API (RFC 9449 §4.3, §7), exactly as oidc-provider judges one at its own
 * endpoints: the same algorithms, dates and nonces, so that a client has one nonce for this origin.
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

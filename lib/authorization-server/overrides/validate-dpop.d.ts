/** An internal module of oidc-provider without types: the verification of DPoP proofs at its own endpoints. */
declare module 'oidc-provider/lib/helpers/validate_dpop.js' {
  import type { Provider } from 'oidc-provider';

  type Asked = {
    method: string;
    get: (header: string) => string;
    set: (header: string, value: string) => void;
    oidc: { provider: Provider; route: string; urlFor: (route: string) => string };
  };

  /** Undefined if there is no proof. @throws InvalidDpopProof: it is not valid; UseDpopNonce: it lacks the nonce, which is then set */
  export default function validateDpop(
    provider: Provider,
    asked: Asked,
    accessToken: string,
  ): Promise<{ thumbprint: string; jti: string } | undefined>;
}

/** Inside of oidc-provider, and typed by nobody: how it judges a proof at its own endpoints. */
declare module 'oidc-provider/lib/helpers/validate_dpop.js' {
  import type { Provider } from 'oidc-provider';

  type Asked = {
    method: string;
    get: (header: string) => string;
    set: (header: string, value: string) => void;
    oidc: { provider: Provider; route: string; urlFor: (route: string) => string };
  };

  /** Undefined where no proof was sent. Throws `InvalidDpopProof`, and `UseDpopNonce` with a nonce set. */
  export default function validateDpop(
    provider: Provider,
    asked: Asked,
    accessToken: string,
  ): Promise<{ thumbprint: string; jti: string } | undefined>;
}

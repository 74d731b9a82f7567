/** With which clients may sign what shows who they are: none with a key that both sides hold (rule S6). */
export const proofAlgorithms = [
  ...(['ES256', 'ES384', 'ES512', 'PS256', 'PS384', 'PS512'] as const),
  ...(['RS256', 'RS384', 'RS512', 'Ed25519', 'EdDSA'] as const),
] as const;

/** How much clocks may differ. */
export const clockToleranceSeconds = 15;

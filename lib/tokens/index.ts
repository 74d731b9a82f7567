export { authenticateToken } from './authenticate.ts';
export { authenticateBearer } from './bearer.ts';
export { type CreatedToken, type CreateToken, createToken } from './create.ts';
export { findToken } from './find.ts';
export { listOrganizationTokens, listTokens } from './list.ts';
export { keepTokenReveal, takeTokenReveal } from './reveal.ts';
export { revokeToken } from './revoke.ts';

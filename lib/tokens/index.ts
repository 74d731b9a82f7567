export { authenticateBearer, authenticateToken } from './bearer.ts';
export { type CreatedToken, type CreateToken, createToken } from './create.ts';
export {
  findToken,
  listOrganizationTokens,
  listTokens,
  revokeToken,
  storeTokenReveal,
  takeTokenReveal,
} from './find.ts';

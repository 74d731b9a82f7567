export { authenticateBearer, authenticateToken } from './bearer.ts';
export { type CreatedToken, type CreateToken, createToken } from './create.ts';
export {
  findToken,
  keepTokenReveal,
  listOrganizationTokens,
  listTokens,
  revokeToken,
  takeTokenReveal,
} from './find.ts';

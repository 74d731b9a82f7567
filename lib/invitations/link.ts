import { createHash, randomBytes } from 'node:crypto';

/** What the link carries: 256 random bits. */
export const mintLinkToken = (): string => randomBytes(32).toString('base64url');

/** What the database keeps of it. So many random bits need no pepper, and the link outlives a change of it. */
export const hashLinkToken = (token: string): string => createHash('sha256').update(token).digest('base64url');

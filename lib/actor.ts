import type { TokenScope } from './tokens/token-scope.ts';

export const roles = ['owner', 'admin', 'developer', 'viewer'] as const;
export type Role = (typeof roles)[number];
export type Membership = { organizationId: string; role: Role };

/** A person, by session or by one of their API tokens; roles and scopes are those of this moment, never those of the sign-in. */
export type Person = {
  kind: 'person';
  userId: string;
  isOperator: boolean;
  emailVerified: boolean;
  memberships: readonly Membership[];
  sessionId?: string;
  /** Present when a token speaks for the person: it can do no more than its scopes, and only in its organization. */
  token?: { id: string; organizationId: string; scopes: readonly TokenScope[]; expiresAt: Date | null };
};

export type Actor = Person | { kind: 'command_line' } | { kind: 'anonymous' };

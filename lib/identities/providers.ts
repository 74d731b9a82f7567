import { env } from '../env.ts';

export type Provider = { id: 'oidc' | 'github' | 'google'; name: string };

/** The other services through which one can sign in here, as configured. */
export function listProviders(): Provider[] {
  const { oidc, github, google } = env();
  return [
    ...(oidc ? [{ id: 'oidc' as const, name: oidc.name }] : []),
    ...(github ? [{ id: 'github' as const, name: 'GitHub' }] : []),
    ...(google ? [{ id: 'google' as const, name: 'Google' }] : []),
  ];
}

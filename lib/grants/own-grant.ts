import type { selectOwnGrant } from '#db/queries/own-grants';
import type { PublicClient } from '../public-info/index.ts';
import { hostsOf } from './hosts.ts';

/** What a person allowed an app, as they look back at it. */
export type OwnGrant = {
  id: string;
  clientId: string;
  client: PublicClient;
  /** The hosts of the websites to which the app may have people sent; none for an app that is only on a device. */
  hosts: string[];
  /** The person's organization in which the app acts for them; null once that is gone. */
  organizationId: string | null;
  organizationName: string | null;
  scopes: string[];
  /** Scopes to which the person said no. */
  declined: string[];
  /** Access and refresh tokens that are good now. */
  liveTokens: number;
  createdAt: Date;
  updatedAt: Date;
  /** Known to the minute. */
  lastUsedAt: Date | null;
};

type Row = NonNullable<Awaited<ReturnType<typeof selectOwnGrant>>>;

export function toOwnGrant(row: Row): OwnGrant {
  const { userId: _user, publisherId: _by, redirectUris, optionalScopes: _optional, resources: _uris, ...grant } = row;
  return { ...grant, hosts: hostsOf(redirectUris) };
}

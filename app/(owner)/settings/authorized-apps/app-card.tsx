import Link from 'next/link';
import { type ReactNode, useId } from 'react';
import { buttonClass } from '#components/button';
import { ClientLogo } from '#components/client-logo';
import { Moment } from '#components/moment';
import { Notice } from '#components/notice';
import { Sensitivity } from '#components/sensitivity';
import { StandingBadge } from '#components/standing-badge';
import type { OwnGrant } from '#lib/grants/index';
import { textsIn } from '#lib/languages/index';
import { standingOf } from '#lib/public-info/index';
import { mostSensitiveFirst, type Scope, type ScopeInWords, scopesInWords } from '#lib/scopes/index';
import { Allowed } from './allowed.tsx';

type AppCardProps = {
  grant: OwnGrant;
  /** The catalogue's entries of the granted scopes. */
  scopes: readonly Scope[];
  /** The person's account, on the app's own page. In the list it is undefined: the name is a link, and the scopes are folded. */
  email?: string;
  /** The person is in several organizations, so the grant's organization is shown. */
  ofSeveral: boolean;
};

const texts = textsIn('en');

/** One authorized app: its identity, its scopes, its dates, and the links to revoke. */
export function AppCard({ grant, scopes, email, ofSeveral }: AppCardProps) {
  const id = useId();
  const { client, clientId, hosts } = grant;
  const standing = standingOf(client);
  const permissions = inWords(grant, scopes);
  const own = `/settings/authorized-apps/${clientId}`;
  return (
    <article aria-labelledby={id} className="rounded-card border border-line bg-surface p-4 sm:p-6">
      <div className="flex items-start gap-4">
        <ClientLogo name={client.name} logoHash={client.logoHash} />
        <div className="min-w-0 grow">
          <h2 id={id} className="text-lg font-semibold [overflow-wrap:anywhere]">
            {email === undefined ? (
              <Link href={own} className="link tap">
                <bdi className="line-clamp-2">{client.name}</bdi>
              </Link>
            ) : (
              <bdi>{client.name}</bdi>
            )}
          </h2>
          <p className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1">
            <StandingBadge small standing={standing} words={texts.standing} />
            <span className="min-w-0 text-soft [overflow-wrap:anywhere]">{leadsTo(hosts)}</span>
          </p>
        </div>
      </div>
      {(standing === 'suspended' || standing === 'disabled') && (
        <div className="mt-4">
          <Notice tone={standing === 'suspended' ? 'danger' : 'neutral'}>{texts.standing[standing].text}</Notice>
        </div>
      )}
      <Unused grant={grant} />
      <dl className="mt-4 grid grid-cols-[auto_1fr] gap-x-6 gap-y-1">
        {email !== undefined && <Fact name="Your account">{email}</Fact>}
        {ofSeveral && <Fact name="Access to">{grant.organizationName ?? 'None'}</Fact>}
        <Fact name="Allowed since">
          <Moment at={grant.createdAt} date />
        </Fact>
        <Fact name="Last used">{grant.lastUsedAt ? <Moment at={grant.lastUsedAt} /> : 'Never'}</Fact>
      </dl>
      {email === undefined ? (
        <details className="mt-4">
          <summary className="rounded-control py-2 font-semibold pointer-coarse:min-h-11">
            What it may do ({permissions.length}){' '}
            <Sensitivity of={permissions[0]?.sensitivity ?? 'normal'} words={texts.app.sensitivity} />
          </summary>
          <Allowed grant={grant} permissions={permissions} />
        </details>
      ) : (
        <>
          <h3 className="mt-6 mb-1 font-semibold">What it may do</h3>
          <Allowed grant={grant} permissions={permissions} />
        </>
      )}
      <Link href={`${own}/revoke`} className={`mt-4 ${buttonClass('secondary')}`}>
        Revoke all access<span className="sr-only"> of {client.name}</span>
      </Link>
    </article>
  );
}

/** Scopes that are no longer in the catalogue; they can still be revoked. */
function inWords(grant: OwnGrant, scopes: readonly Scope[]): ScopeInWords[] {
  const wordless = grant.scopes.filter((name) => !scopes.some((scope) => scope.name === name));
  return mostSensitiveFirst([
    ...scopesInWords(scopes, 'en'),
    ...wordless.map((name) => ({ names: [name], title: name, description: '', sensitivity: 'normal' as const })),
  ]);
}

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <>
    <dt className="text-soft">{name}</dt>
    <dd className="min-w-0 [overflow-wrap:anywhere]">{children}</dd>
  </>
);

/** The app's redirect hosts: unlike its name, it cannot choose them freely. */
function leadsTo(hosts: readonly string[]): string {
  if (hosts.length === 0) return 'A program on your device';
  const more = hosts.length > 3 ? ` and ${hosts.length - 3} more` : '';
  return `Sends you to ${hosts.slice(0, 3).join(', ')}${more}`;
}

const halfAYearMs = 182 * 24 * 60 * 60 * 1000;

/** Marks a grant that has not been used for half a year. */
function Unused({ grant: { lastUsedAt, createdAt } }: { grant: OwnGrant }) {
  if (Date.now() - (lastUsedAt ?? createdAt).getTime() < halfAYearMs) return null;
  return (
    <div className="mt-4">
      <Notice tone="warn">Not used for more than six months. If you are done with this app, revoke its access.</Notice>
    </div>
  );
}

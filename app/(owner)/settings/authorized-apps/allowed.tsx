import { Sensitivity } from '#components/sensitivity';
import type { OwnGrant } from '#lib/grants/index';
import { textsIn } from '#lib/languages/index';
import type { ScopeInWords } from '#lib/scopes/index';
import { TakeBackForm } from './take-back-form.tsx';

const texts = textsIn('en');

/** The granted scopes, each with a link to revoke it alone; the last one is revoked with the whole grant. */
export const Allowed = ({ grant, permissions }: { grant: OwnGrant; permissions: readonly ScopeInWords[] }) => (
  <ul className="divide-y divide-line">
    {permissions.map(({ names, title, description, sensitivity }) => (
      <li key={names[0]} className="flex items-start justify-between gap-4 py-3">
        <div className="min-w-0 [overflow-wrap:anywhere]">
          <p className="font-medium">
            {title} <Sensitivity of={sensitivity} words={texts.app.sensitivity} />
          </p>
          <p className="text-sm text-soft">{description}</p>
        </div>
        {permissions.length > 1 && !names.includes('openid') && (
          <TakeBackForm grantId={grant.id} clientId={grant.clientId} scopes={names} title={title} />
        )}
      </li>
    ))}
  </ul>
);

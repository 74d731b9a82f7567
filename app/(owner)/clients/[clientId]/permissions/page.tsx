import { page, pageTitle } from '#app/page-answer';
import { Chip } from '#components/chip';
import { Empty } from '#components/empty';
import { Section } from '#components/section';
import { listScopeResources } from '#lib/resources/index';
import { describeScopes, listScopes, scopesFor } from '#lib/scopes/index';
import { ClientFrame } from '../client-frame.tsx';
import { loadClient } from '../load.ts';
import { LookOnly } from '../look-only.tsx';
import { savePermissions } from './actions.ts';
import { PermissionsForm } from './form.tsx';
import { distinct, groupPermissions, type Permission, toPermission } from './permission.ts';
import { OfferedBy } from './permission-group.tsx';
import { SensitivityBadge } from './sensitivity-badge.tsx';

type PermissionListProps = { permissions: readonly Permission[]; optional: ReadonlySet<string> };

/** The app's scopes, for people who may not edit. */
const PermissionList = ({ permissions, optional }: PermissionListProps) => (
  <Section title="Permissions">
    <ul className="grid gap-4">
      {permissions.map((permission) => (
        <li key={permission.name}>
          <p className="flex flex-wrap items-center gap-2 font-medium">
            {permission.title} <SensitivityBadge permission={permission} />
            {optional.has(permission.name) && <Chip>Optional</Chip>}
          </p>
          <p className="text-sm text-soft">{permission.description}</p>
          <code className="font-mono text-sm text-soft [overflow-wrap:anywhere]">{permission.name}</code>
          <OfferedBy resources={permission.resources} />
        </li>
      ))}
    </ul>
  </Section>
);

type Props = PageProps<'/clients/[clientId]/permissions'>;

export const generateMetadata = pageTitle(async ({ params }: Props) => {
  const { client } = await loadClient((await params).clientId, '/permissions');
  return `Permissions · ${client.name}`;
});

export default page(async function Permissions({ params }: Props) {
  const { ctx, client } = await loadClient((await params).clientId, '/permissions');
  const resources = await listScopeResources(ctx.db);
  const kept = (await describeScopes(ctx.db, client.scopes)).map((scope) => toPermission(scope, resources));
  if (!client.may.edit) {
    return (
      <ClientFrame client={client} title="Permissions">
        <LookOnly />
        {kept.length > 0 ? (
          <PermissionList permissions={distinct(kept)} optional={new Set(client.optionalScopes)} />
        ) : (
          <Empty title="No permissions" />
        )}
      </ClientFrame>
    );
  }
  const { names } = await scopesFor(ctx.db, client);
  const addable = (await listScopes(ctx.db)).filter(({ name }) => names.has(name));
  const offered = addable.map((scope) => toPermission(scope, resources));
  // A retired scope stays with the clients that have it until they remove it.
  const retired = kept.filter(({ retired }) => retired);
  return (
    <ClientFrame client={client} title="Permissions">
      <PermissionsForm
        action={savePermissions.bind(null, client.clientId)}
        clientId={client.clientId}
        version={client.version}
        groups={groupPermissions(distinct([...offered, ...retired]))}
        kept={client.scopes}
        keptOptional={client.optionalScopes}
      />
    </ClientFrame>
  );
});

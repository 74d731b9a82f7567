import { page, pageTitle } from '#app/page-answer';
import { EmptyState } from '#components/empty-state';
import { describeScopes, listScopes } from '#lib/scopes/index';
import { ClientFrame } from '../client-frame.tsx';
import { loadClient } from '../load.ts';
import { LookOnly } from '../look-only.tsx';
import { savePermissions } from './actions.ts';
import { PermissionsForm } from './form.tsx';
import { distinct, groupPermissions, toPermission } from './permission.ts';
import { PermissionList } from './permission-list.tsx';

type Props = PageProps<'/clients/[clientId]/permissions'>;

export const generateMetadata = pageTitle(async ({ params }: Props) => {
  const { client } = await loadClient((await params).clientId, '/permissions');
  return `Permissions · ${client.name}`;
});

export default page(async function Permissions({ params }: Props) {
  const { ctx, client } = await loadClient((await params).clientId, '/permissions');
  const kept = (await describeScopes(ctx.db, client.scopes)).map(toPermission);
  if (!client.may.edit) {
    return (
      <ClientFrame client={client} title="Permissions">
        <LookOnly />
        {kept.length > 0 ? (
          <PermissionList permissions={distinct(kept)} optional={new Set(client.optionalScopes)} />
        ) : (
          <EmptyState title="This app asks for nothing" />
        )}
      </ClientFrame>
    );
  }
  const offered = (await listScopes(ctx.db)).map(toPermission);
  // What the operator has retired stays with the clients that have it, until they let it go.
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

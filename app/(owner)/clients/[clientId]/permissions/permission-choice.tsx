import { Checkbox } from '#components/checkbox';
import type { Permission } from './permission.ts';
import { SensitivityBadge } from './sensitivity-badge.tsx';

type PermissionChoiceProps = { permission: Permission; ticked: boolean; optional: boolean };

/** The box of a permission and, once it is ticked, the one that lets people decline it. That is CSS alone, so it needs no script. */
export const PermissionChoice = ({ permission, ticked, optional }: PermissionChoiceProps) => (
  <div className="group/choice">
    <Checkbox
      name="scopes"
      value={permission.name}
      defaultChecked={ticked}
      label={
        <span className="flex flex-wrap items-center gap-2">
          <span className="font-medium">{permission.title}</span>
          <SensitivityBadge permission={permission} />
        </span>
      }
      hint={
        <>
          {permission.description} <code className="font-mono [overflow-wrap:anywhere]">{permission.name}</code>
        </>
      }
    />
    {/* Without it nobody signs in, so there is nothing to decline. */}
    {permission.name !== 'openid' && (
      <div className="mt-2 ml-7 hidden text-sm group-has-[[name=scopes]:checked]/choice:block">
        <Checkbox
          name="optionalScopes"
          value={permission.name}
          defaultChecked={optional}
          label={
            <>
              People may say no to this<span className="sr-only"> ({permission.title})</span>
            </>
          }
        />
      </div>
    )}
  </div>
);

'use client';

import { Button } from '#components/button';
import { Checkbox } from '#components/checkbox';
import { type PermissionGroup as Group, type Permission, readsMissing } from './permission.ts';
import { SensitivityBadge } from './sensitivity-badge.tsx';

type PermissionGroupProps = {
  group: Group;
  /** The stored scopes, the optional ones among them, and the ones that are checked now. */
  initial: ReadonlySet<string>;
  initialOptional: ReadonlySet<string>;
  chosen: ReadonlySet<string>;
  isShown: (permission: Permission) => boolean;
  /** Checks boxes. */
  onTick: (names: readonly string[]) => void;
};

/** The permissions of one group: read on the left, write on the right; identity scopes are neither. */
export function PermissionGroup({ group, initial, initialOptional, chosen, isShown, onTick }: PermissionGroupProps) {
  const { permissions } = group;
  const columns = [
    { title: 'About the person', access: 'identity' },
    { title: 'Read', access: 'read' },
    { title: 'Write', access: 'write' },
  ].filter(({ access }) =>
    access === 'identity' ? permissions.some((one) => one.access === access) : hasOthers(group),
  );
  const missing = readsMissing(group, chosen);
  return (
    <fieldset
      hidden={!permissions.some(isShown)}
      className="mb-4 min-w-0 rounded-card border border-line bg-surface p-4 sm:p-6"
    >
      <legend className="float-left mb-3 w-full text-lg font-semibold capitalize">{group.group}</legend>
      <div className="clear-both grid gap-x-6 gap-y-4 md:grid-cols-2">
        {columns.map(({ title, access }) => {
          const members = permissions.filter((one) => one.access === access);
          return (
            <div key={access} className={access === 'identity' ? 'col-span-full' : ''}>
              <h2 className="mb-2 text-sm font-medium text-soft">{title}</h2>
              <div className={`grid gap-3 ${access === 'identity' ? 'md:grid-cols-2 md:gap-x-6' : ''}`}>
                {members.length === 0 && <p className="text-sm text-soft">Nothing to {title.toLowerCase()}.</p>}
                {members.map((permission) => (
                  <div key={permission.name} hidden={!isShown(permission)}>
                    <PermissionChoice
                      permission={permission}
                      ticked={initial.has(permission.name)}
                      optional={initialOptional.has(permission.name)}
                    />
                  </div>
                ))}
              </div>
            </div>
          );
        })}
      </div>
      <div aria-live="polite">
        {missing.length > 0 && (
          <p className="mt-4 flex flex-wrap items-center gap-3 text-sm text-warn">
            The app asks to write here and not to read. Most need both.
            <Button
              variant="secondary"
              size="small"
              className="noscript:hidden"
              onClick={() => onTick(missing.map(({ name }) => name))}
            >
              Ask to read too<span className="sr-only"> in {group.group}</span>
            </Button>
          </p>
        )}
      </div>
    </fieldset>
  );
}

const hasOthers = ({ permissions }: Group) => permissions.some(({ access }) => access !== 'identity');

/** The values of `resource` (RFC 8707) with which tokens for a scope are requested. */
export const OfferedBy = ({ resources }: { resources: readonly string[] }) =>
  resources.length > 0 && (
    <span className="block text-sm text-soft">
      Resource: <code className="font-mono [overflow-wrap:anywhere]">{resources.join(' ')}</code>
    </span>
  );

type PermissionChoiceProps = { permission: Permission; ticked: boolean; optional: boolean };

/** The checkbox of a permission and, if it is checked, the one that makes it optional. CSS shows it, so it needs no script. */
const PermissionChoice = ({ permission, ticked, optional }: PermissionChoiceProps) => (
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
          <OfferedBy resources={permission.resources} />
        </>
      }
    />
    {/* `openid` is needed to sign in, so it is never optional (rule M16). */}
    {permission.name !== 'openid' && (
      <div className="mt-2 ml-7 hidden text-sm group-has-[[name=scopes]:checked]/choice:block">
        <Checkbox
          name="optionalScopes"
          value={permission.name}
          defaultChecked={optional}
          label={
            <>
              Optional<span className="sr-only"> ({permission.title})</span>
            </>
          }
        />
      </div>
    )}
  </div>
);

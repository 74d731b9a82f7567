import { Badge } from '#components/badge';
import { Section } from '#components/section';
import type { Permission } from './permission.ts';
import { SensitivityBadge } from './sensitivity-badge.tsx';

type PermissionListProps = { permissions: readonly Permission[]; optional: ReadonlySet<string> };

/** What the app asks for, for people who may look and not edit. */
export const PermissionList = ({ permissions, optional }: PermissionListProps) => (
  <Section title="What this app asks for">
    <ul className="grid gap-4">
      {permissions.map((permission) => (
        <li key={permission.name}>
          <p className="flex flex-wrap items-center gap-2 font-medium">
            {permission.title} <SensitivityBadge permission={permission} />
            {optional.has(permission.name) && <Badge>People may say no</Badge>}
          </p>
          <p className="text-sm text-soft">{permission.description}</p>
          <code className="font-mono text-sm text-soft [overflow-wrap:anywhere]">{permission.name}</code>
        </li>
      ))}
    </ul>
  </Section>
);

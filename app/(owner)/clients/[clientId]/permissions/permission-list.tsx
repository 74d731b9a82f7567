import { Section } from '#components/section';
import type { Permission } from './permission.ts';
import { SensitivityBadge } from './sensitivity-badge.tsx';

/** What the app asks for, for people who may look and not edit. */
export const PermissionList = ({ permissions }: { permissions: readonly Permission[] }) => (
  <Section title="What this app asks for">
    <ul className="grid gap-4">
      {permissions.map((permission) => (
        <li key={permission.name}>
          <p className="flex flex-wrap items-center gap-2 font-medium">
            {permission.title} <SensitivityBadge permission={permission} />
          </p>
          <p className="text-sm text-soft">{permission.description}</p>
          <code className="font-mono text-sm text-soft [overflow-wrap:anywhere]">{permission.name}</code>
        </li>
      ))}
    </ul>
  </Section>
);

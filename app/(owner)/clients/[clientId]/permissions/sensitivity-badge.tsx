import { Badge } from '#components/badge';
import type { Permission } from './permission.ts';

/** The chips that say in a word what to think about before asking for it. */
export function SensitivityBadge({ permission: { sensitivity, retired } }: { permission: Permission }) {
  return (
    <>
      {sensitivity === 'sensitive' && <Badge tone="warn">Sensitive</Badge>}
      {sensitivity === 'restricted' && <Badge tone="danger">Restricted</Badge>}
      {retired && <Badge>Retired</Badge>}
    </>
  );
}

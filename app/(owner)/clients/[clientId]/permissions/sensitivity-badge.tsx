import { Badge } from '#components/badge';
import { Sensitivity } from '#components/sensitivity';
import type { Permission } from './permission.ts';

const words = { sensitive: 'Sensitive', restricted: 'Restricted' };

/** The chips that say in a word what to think about before asking for it. */
export function SensitivityBadge({ permission: { sensitivity, retired } }: { permission: Permission }) {
  return (
    <>
      <Sensitivity of={sensitivity} words={words} />
      {retired && <Badge>Retired</Badge>}
    </>
  );
}

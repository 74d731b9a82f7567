import { Chip } from '#components/chip';
import { Sensitivity } from '#components/sensitivity';
import type { Permission } from './permission.ts';

const words = { sensitive: 'Sensitive', restricted: 'Restricted' };

/** The chips of sensitive and restricted scopes. */
export function SensitivityBadge({ permission: { sensitivity, retired } }: { permission: Permission }) {
  return (
    <>
      <Sensitivity of={sensitivity} words={words} />
      {retired && <Chip>Retired</Chip>}
    </>
  );
}

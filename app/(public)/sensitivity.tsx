import { Badge } from '#components/badge';
import type { Texts } from '#lib/languages/index';
import type { Sensitivity as Of } from '#lib/scopes/index';

/** A chip beside what an app may do, where it is more than most people expect. */
export function Sensitivity({ of, texts }: { of: Of; texts: Texts }) {
  if (of === 'normal') return null;
  return <Badge tone={of === 'sensitive' ? 'warn' : 'danger'}>{texts.app.sensitivity[of]}</Badge>;
}

import { Badge } from '#components/badge';
import type { ReviewState, Status } from '#lib/clients/rules';
import { reviewWords, statusWords } from './words.ts';

const statusTones = { active: 'good', disabled: 'neutral', suspended: 'danger' } as const;
const reviewTones = { unverified: 'neutral', pending: 'warn', verified: 'accent', rejected: 'danger' } as const;

export const StatusBadge = ({ status }: { status: Status }) => (
  <Badge tone={statusTones[status]}>{statusWords[status]}</Badge>
);

export const VerifiedBadge = ({ state }: { state: ReviewState }) => (
  <Badge tone={reviewTones[state]}>{reviewWords[state]}</Badge>
);

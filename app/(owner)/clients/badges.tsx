import { Chip } from '#components/chip';
import { StandingBadge } from '#components/standing-badge';
import type { Client, Status } from '#lib/clients/rules';
import { standingOf } from '#lib/public-info/rules';
import { standingWords, statusWords } from './words.ts';

const statusTones = { active: 'good', disabled: 'warn', suspended: 'danger' } as const;

export const StatusBadge = ({ status }: { status: Status }) => (
  <Chip tone={statusTones[status]}>{statusWords[status]}</Chip>
);

type Stands = Pick<Client, 'firstParty' | 'verified' | 'selfRegistered'>;

/** The standing of an app, in the words that people read. The status has its own badge. */
export const ClientStanding = ({ client }: { client: Stands }) => (
  <StandingBadge small standing={standingOf({ ...client, status: 'active' })} words={standingWords} />
);

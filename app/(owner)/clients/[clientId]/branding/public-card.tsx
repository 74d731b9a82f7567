import Link from 'next/link';
import { ClientLogo } from '#components/client-logo';
import type { Client } from '#lib/clients/rules';
import { ClientStanding } from '../../badges.tsx';

export type Card = Pick<Client, 'clientId' | 'name' | 'logoHash' | 'firstParty' | 'verified' | 'selfRegistered'> & {
  publisher: string;
};
type PublicCardProps = Card & {
  description: string;
  /** An image that is not saved yet. */
  draftLogo?: string | undefined;
};

/** Shows the app as people see it, with the form's current values. */
export function PublicCard({
  clientId,
  name,
  publisher,
  logoHash,
  description,
  draftLogo,
  ...stands
}: PublicCardProps) {
  return (
    <section aria-label="Preview" className="mb-6 rounded-card border border-line bg-surface p-4 sm:p-6">
      <h2 className="mb-3 text-sm font-medium text-soft">How people see it</h2>
      <div className="flex items-start gap-4">
        {draftLogo ? (
          <img src={draftLogo} alt="" className="size-16 shrink-0 rounded-control object-contain" />
        ) : (
          <ClientLogo name={name} logoHash={logoHash} size="large" />
        )}
        <div className="min-w-0 [overflow-wrap:anywhere]">
          <p className="text-lg font-semibold">
            <bdi>{name}</bdi>
          </p>
          <p className="text-sm text-soft">
            by <bdi>{publisher}</bdi>
          </p>
          <p className="mt-2">
            <ClientStanding client={stands} />
          </p>
        </div>
      </div>
      <p className="mt-4 whitespace-pre-wrap [overflow-wrap:anywhere]">
        {description || <span className="text-soft">No description yet.</span>}
      </p>
      <Link href={`/public/${clientId}/info`} className="link mt-4 inline-block">
        Open the public page
      </Link>
    </section>
  );
}

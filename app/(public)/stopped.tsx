import Link from 'next/link';
import { ClientLogo } from '#components/client-logo';
import { LongName } from '#components/long-name';
import { ProblemPage } from '#components/problem-page';
import { findManagedClient } from '#lib/clients/index';
import type { Texts } from '#lib/languages/index';
import { setPageStatus } from '#lib/portal/page-status';
import { currentContext } from '#lib/portal/session';
import type { PublicClient } from '#lib/public-info/index';
import { WayOn } from './way-on.tsx';

type StoppedProps = { client: PublicClient; texts: Texts };

/** The page for a suspended or disabled app. Its owner gets a link to the reason. */
export async function Stopped({ client, texts }: StoppedProps) {
  const words = client.status === 'suspended' ? texts.stopped.suspended : texts.stopped.disabled;
  const mine = await findManagedClient(await currentContext(), client.clientId);
  setPageStatus(403);
  return (
    <ProblemPage
      about={
        <div className="mb-6 flex items-start gap-4">
          <ClientLogo name={client.name} logoHash={client.logoHash} />
          <LongName name={client.name} more={texts.consent.wholeName} className="self-center text-lg font-semibold" />
        </div>
      }
      title={words.title}
      ways={<WayOn texts={texts} />}
    >
      <p>{words.text}</p>
      {mine && (
        <p className="mt-4">
          <Link href={`/clients/${client.clientId}`} className="link tap">
            {texts.stopped.owner}
          </Link>
        </p>
      )}
    </ProblemPage>
  );
}

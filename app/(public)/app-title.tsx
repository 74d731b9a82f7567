import { ClientLogo } from '#components/client-logo';
import { LongName } from '#components/long-name';
import type { Texts } from '#lib/languages/index';
import type { PublicClient } from '#lib/public-info/index';

type AppTitleProps = { client: Pick<PublicClient, 'name' | 'logoHash'>; asks: string; texts: Texts };

/** The name and logo of the app that asks. */
export const AppTitle = ({ client, asks, texts }: AppTitleProps) => (
  <div className="flex items-start gap-4">
    <ClientLogo name={client.name} logoHash={client.logoHash} size="large" />
    <h1 className="min-w-0 self-center text-balance text-lg font-semibold tracking-tight sm:text-xl">
      <LongName name={client.name} more={texts.consent.wholeName}>
        <span className="font-normal text-soft">{asks}</span>
      </LongName>
    </h1>
  </div>
);

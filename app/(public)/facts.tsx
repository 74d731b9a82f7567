import type { ReactNode } from 'react';
import { dateIn, numberIn, type Texts } from '#lib/languages/index';
import type { PublicClient, Standing } from '#lib/public-info/index';

type FactsProps = {
  client: Pick<PublicClient, 'createdAt' | 'publisher' | 'selfRegistered'>;
  standing: Standing;
  /** How many people use it, rounded down; 0 is fewer than ten. */
  people: number;
  texts: Texts;
};

/** The app's publisher, its registration date and its number of users. */
export function Facts({ client, standing, people, texts }: FactsProps) {
  const words = texts.consent.facts;
  const known = standing === 'verified' || standing === 'first_party';
  return (
    <dl className="mt-4 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-sm">
      <Fact name={known || client.selfRegistered ? words.publisher : words.claimed}>
        {client.selfRegistered ? words.none : <bdi>{client.publisher}</bdi>}
      </Fact>
      <Fact name={words.registered}>{dateIn(texts, client.createdAt)}</Fact>
      <Fact name={words.users}>{people === 0 ? words.few : words.atLeast(numberIn(texts, people))}</Fact>
    </dl>
  );
}

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <>
    <dt className="text-soft">{name}</dt>
    <dd className="min-w-0 [overflow-wrap:anywhere]">{children}</dd>
  </>
);

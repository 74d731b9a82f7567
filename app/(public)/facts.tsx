import { dateIn, numberIn, type Texts } from '#lib/languages/index';
import type { PublicClient } from '#lib/public-info/index';

type FactsProps = {
  client: Pick<PublicClient, 'createdAt'>;
  /** How many people use it, rounded down; 0 is fewer than ten. */
  people: number;
  texts: Texts;
};

/** What this platform knows of an app by itself: since when it is here, and how many people use it. */
export function Facts({ client, people, texts }: FactsProps) {
  const { since, fewPeople, people: atLeast } = texts.consent;
  return (
    <p className="mt-3 text-sm text-soft">
      {since(dateIn(texts, client.createdAt))} {people === 0 ? fewPeople : atLeast(numberIn(texts, people))}
    </p>
  );
}

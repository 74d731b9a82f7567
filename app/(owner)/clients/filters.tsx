import Link from 'next/link';
import { Button, buttonClass } from '#components/button';
import { Field } from '#components/field';
import { Select } from '#components/select';
import type { Choices } from './choices.ts';
import { isFiltered, pageSizes, type Search, sorts } from './search.ts';
import { environmentWords, grantWords, optionsOf, provenanceWords, statusWords, typeWords } from './words.ts';

type Option = { value: string; label: string };
const any = { value: '', label: 'Any' };

/** The filters as a GET form: the result has a URL that can be shared. */
export function Filters({ search, choices }: { search: Search; choices: Choices }) {
  const { sent, problems } = search;
  const pick = (label: string, name: string, options: Option[]) => (
    <Select key={name} label={label} name={name} defaultValue={sent[name] ?? ''} options={[any, ...options]} />
  );
  const more = ['type', 'environment', 'grant', 'status', 'verified', 'from', 'organization', 'product'];
  return (
    <form action="/clients" className="mb-6 rounded-card border border-line bg-surface p-4" aria-label="Find apps">
      <div className="flex flex-wrap items-end gap-3">
        <div className="min-w-0 grow basis-56">
          <Field
            label="Name contains"
            name="q"
            type="search"
            defaultValue={sent.q}
            errors={problems.name ? [problems.name] : undefined}
            maxLength={256}
          />
        </div>
        <div className="min-w-0 grow basis-36 sm:grow-0">
          <Select label="Order" name="sort" defaultValue={search.sort} options={optionsOf(sorts)} />
        </div>
        <div className="min-w-0 grow basis-28 sm:grow-0">
          <Select
            label="A page"
            name="size"
            defaultValue={String(search.limit)}
            options={pageSizes.map((size) => ({ value: String(size), label: `${size} apps` }))}
          />
        </div>
        <Button type="submit" variant="secondary">
          Show
        </Button>
        {isFiltered(search) && (
          <Link href="/clients" className={buttonClass('quiet')}>
            Clear
          </Link>
        )}
      </div>
      <details className="mt-4" open={more.some((name) => sent[name])}>
        <summary className="w-fit text-accent">More filters</summary>
        <div className="mt-3 grid gap-3 sm:grid-cols-2 lg:grid-cols-4">
          {pick('Type', 'type', optionsOf(typeWords))}
          {pick('Environment', 'environment', optionsOf(environmentWords))}
          {pick('Grant type', 'grant', optionsOf(grantWords))}
          {pick('Status', 'status', optionsOf(statusWords))}
          {pick('Standing', 'verified', optionsOf({ yes: 'Verified', no: 'Not verified' }))}
          {pick('Registered by', 'from', optionsOf(provenanceWords))}
          {(choices.organizations.length > 1 || choices.selfRegistered) &&
            pick('Organization', 'organization', choices.organizations)}
          {choices.products.length > 0 && pick('Product', 'product', choices.products)}
        </div>
      </details>
    </form>
  );
}

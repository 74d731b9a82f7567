import { Select } from './select.tsx';

type AccountChoiceProps = {
  words: Record<'account' | 'signedInAs' | 'switchAccount' | 'organization', string>;
  person: { name: string; email: string } | undefined;
  organizations: readonly { id: string; name: string }[];
  /** The organization of the earlier grant. */
  before?: string | null;
  /** The URL for signing in with another account. */
  switchAt: string;
};

/** The account that gives consent and, if there is a choice, the organization. */
export function AccountChoice({ words, person, organizations, before, switchAt }: AccountChoiceProps) {
  const [only] = organizations;
  return (
    <section aria-labelledby="account" className="mt-8">
      <h2 id="account" className="font-semibold">
        {words.account}
      </h2>
      <p className="mt-2 [overflow-wrap:anywhere]">
        <span className="text-soft">{words.signedInAs}</span> <bdi className="font-medium">{person?.name}</bdi>
        <bdi className="block">{person?.email}</bdi>
      </p>
      <p className="mt-1">
        <a href={switchAt} className="link tap">
          {words.switchAccount}
        </a>
      </p>
      {organizations.length > 1 ? (
        <div className="mt-4">
          <Select
            name="organization"
            label={words.organization}
            defaultValue={before ?? only?.id ?? ''}
            options={organizations.map(({ id, name }) => ({ value: id, label: name }))}
          />
        </div>
      ) : (
        <input type="hidden" name="organization" value={only?.id ?? ''} />
      )}
    </section>
  );
}

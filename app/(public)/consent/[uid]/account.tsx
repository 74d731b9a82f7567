import { Select } from '#components/select';
import type { Asked } from './load.ts';
import { signInAgain } from './sign-in-again.ts';

/** As whom the person answers, and for which of their organizations. */
export function Account({ asked: { request, texts, person, organizations } }: { asked: Asked }) {
  const words = texts.consent;
  const [only] = organizations;
  return (
    <section aria-labelledby="account" className="mt-8">
      <h2 id="account" className="font-semibold">
        {words.account}
      </h2>
      <p className="mt-2 [overflow-wrap:anywhere]">
        {words.signedInAs} <bdi className="font-medium">{person?.name}</bdi>{' '}
        <bdi className="text-soft">({person?.email})</bdi>
      </p>
      <p className="mt-1">
        <a href={signInAgain(request.uid)} className="link">
          {words.switchAccount}
        </a>
      </p>
      {organizations.length > 1 ? (
        <div className="mt-4">
          <Select
            name="organization"
            label={words.organization}
            defaultValue={request.organizationId ?? only?.id ?? ''}
            options={organizations.map(({ id, name }) => ({ value: id, label: name }))}
          />
        </div>
      ) : (
        <input type="hidden" name="organization" value={only?.id ?? ''} />
      )}
    </section>
  );
}

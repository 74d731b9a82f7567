import { Select } from '#components/select';
import type { Texts } from '#lib/languages/index';
import { type Device, pageFor } from './load.ts';

type AccountProps = { device: Device; texts: Texts; lang: string };

/** As whom the person answers, and for which of their organizations. */
export function Account({ device: { person, organizations, request }, texts: { consent: words }, lang }: AccountProps) {
  const [only] = organizations;
  const back = encodeURIComponent(pageFor({ user_code: request.userCode, lang }));
  return (
    <section aria-labelledby="account" className="mt-8">
      <h2 id="account" className="font-semibold">
        {words.account}
      </h2>
      <p className="mt-2 [overflow-wrap:anywhere]">
        {words.signedInAs} <bdi className="font-medium">{person.name}</bdi>{' '}
        <bdi className="text-soft">({person.email})</bdi>
      </p>
      <p className="mt-1">
        <a href={`/sign-in?again=1&callbackUrl=${back}`} className="link">
          {words.switchAccount}
        </a>
      </p>
      {organizations.length > 1 ? (
        <div className="mt-4">
          <Select
            name="organization"
            label={words.organization}
            defaultValue={only?.id ?? ''}
            options={organizations.map(({ id, name }) => ({ value: id, label: name }))}
          />
        </div>
      ) : (
        <input type="hidden" name="organization" value={only?.id ?? ''} />
      )}
    </section>
  );
}

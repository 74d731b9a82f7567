import { Checkbox } from '#components/checkbox';
import { Sensitivity } from '#components/sensitivity';
import { farthestFirst, type ScopeInWords, scopesInWords } from '#lib/scopes/index';
import type { Asked } from './load.ts';

type AskedAccess = Pick<Asked, 'scopes' | 'language' | 'texts'> & { request: Pick<Asked['request'], 'scopes'> };

/** What the app will be able to do, in words: what it needs, and what the person may leave out; what is new and what reaches farthest come first. */
export function Access({ asked }: { asked: AskedAccess }) {
  const { request, scopes, language } = asked;
  const words = asked.texts.consent;
  const inWords = (optional: boolean) => {
    const names = new Set(request.scopes.filter((one) => one.optional === optional).map(({ name }) => name));
    const said = scopesInWords(
      scopes.filter(({ name }) => names.has(name)),
      language,
    );
    return farthestFirst(said).toSorted((one, other) => Number(isBefore(one)) - Number(isBefore(other)));
  };
  const before = new Set(request.scopes.filter(({ allowedBefore }) => allowedBefore).map(({ name }) => name));
  const isBefore = ({ names }: ScopeInWords) => names.every((name) => before.has(name));
  const required = inWords(false);
  const optional = inWords(true);
  return (
    <section aria-labelledby="access" className="mt-8">
      <h2 id="access" className="font-semibold">
        {words.access}
      </h2>
      {required.length === 0 ? (
        <p className="mt-2 text-soft">{optional.length > 0 ? words.nothingUnless : words.nothing}</p>
      ) : (
        <ul className="mt-2 divide-y divide-line">
          {required.map((one) => (
            <li key={one.names[0]} className="py-3 first:pt-0 last:pb-0">
              <p className="font-medium">
                {one.title} <Sensitivity of={one.sensitivity} words={asked.texts.app.sensitivity} />
              </p>
              <p className="text-sm text-soft">{one.description}</p>
              {isBefore(one) && <p className="text-sm text-soft italic">{words.accessBefore}</p>}
            </li>
          ))}
        </ul>
      )}
      {optional.length > 0 && (
        <fieldset className="mt-6">
          <legend className="font-semibold">{words.optional}</legend>
          <p className="text-sm text-soft">{words.optionalLead}</p>
          <div className="mt-3 space-y-3">
            {optional.map((one) => (
              <Checkbox
                key={one.names[0]}
                name={`scope ${one.names.join(' ')}`}
                label={
                  <>
                    {one.title} <Sensitivity of={one.sensitivity} words={asked.texts.app.sensitivity} />
                  </>
                }
                hint={one.description}
                defaultChecked={isBefore(one)}
              />
            ))}
          </div>
        </fieldset>
      )}
    </section>
  );
}

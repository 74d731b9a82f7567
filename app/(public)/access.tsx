import { Checkbox } from '#components/checkbox';
import { Sensitivity } from '#components/sensitivity';
import { scopeField } from '#lib/grants/rules';
import type { Texts } from '#lib/languages/index';
import type { Permissions } from './permissions.ts';

type AccessProps = {
  permissions: Permissions;
  texts: Texts;
  /** Allow was pressed without a choice although every permission is optional. */
  choose: boolean;
};

/** The requested permissions in words: the required ones, and the optional ones as checkboxes. */
export function Access({ permissions: { required, optional }, texts, choose }: AccessProps) {
  const words = texts.consent;
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
                {one.title} <Sensitivity of={one.sensitivity} words={texts.app.sensitivity} />
              </p>
              <p className="text-sm text-soft">{one.description}</p>
              {one.before && <p className="text-sm text-soft italic">{words.accessBefore}</p>}
            </li>
          ))}
        </ul>
      )}
      {optional.length > 0 && (
        <fieldset className="mt-6" aria-describedby={choose ? 'choose' : undefined}>
          <legend className="font-semibold">{words.optional}</legend>
          {choose ? (
            <p id="choose" role="alert" className="font-medium text-danger">
              {words.chooseOne}
            </p>
          ) : (
            <p className="text-sm text-soft">{words.optionalLead}</p>
          )}
          <div className="mt-3 space-y-3">
            {optional.map((one) => (
              <Checkbox
                key={one.names[0]}
                name={scopeField(one.names)}
                label={
                  <>
                    {one.title} <Sensitivity of={one.sensitivity} words={texts.app.sensitivity} />
                  </>
                }
                hint={one.description}
                defaultChecked={one.before}
              />
            ))}
          </div>
        </fieldset>
      )}
    </section>
  );
}

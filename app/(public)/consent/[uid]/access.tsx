import type { Asked } from './load.ts';

/** What the app will be able to do, in words; two scopes that say the same to a person are one line. */
export function Access({ asked }: { asked: Asked }) {
  const { texts } = asked;
  const said = linesOf(asked);
  return (
    <section aria-labelledby="access" className="mt-8">
      <h2 id="access" className="font-semibold">
        {texts.consent.access}
      </h2>
      {said.length === 0 ? (
        <p className="mt-2 text-soft">{texts.consent.nothing}</p>
      ) : (
        <ul className="mt-2 divide-y divide-line">
          {said.map(({ title, description, before }) => (
            <li key={title + description} className="py-3 first:pt-0 last:pb-0">
              <p className="font-medium">{title}</p>
              <p className="text-sm text-soft">{description}</p>
              {before && <p className="text-sm text-soft italic">{texts.consent.accessBefore}</p>}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function linesOf({ scopes, request, language }: Asked) {
  const lines = scopes.map(({ name, texts }) => {
    const words = texts[language] ?? texts.en ?? { title: name, description: '' };
    return { ...words, before: request.scopes.some((one) => one.name === name && one.allowedBefore) };
  });
  return [...Map.groupBy(lines, ({ title, description }) => `${title}\n${description}`).values()].flatMap(
    ([first, ...rest]) => (first ? [{ ...first, before: first.before && rest.every(({ before }) => before) }] : []),
  );
}

import type { Texts } from '#lib/languages/index';

/** What, and what to do about it. */
export type Warning = readonly string[];

type WarningsProps = {
  /** What speaks against saying yes, the worst first. */
  warnings: readonly Warning[];
  /** What else there is to know, behind the warning. */
  toKnow: readonly string[];
  texts: Texts;
};

/** One warning, the worst; everything else is one press away, also without JavaScript. */
export function Warnings({ warnings: [worst, ...others], toKnow, texts }: WarningsProps) {
  if (!worst) return null;
  const [what, doThis] = worst;
  const more = [...others.map((other) => other.join(' ')), ...toKnow];
  return (
    <div className="mt-5 rounded-card border-l-4 border-warn bg-warn-tint px-4 py-3 text-warn">
      <p>
        <strong className="font-semibold">{what}</strong> {doThis}
      </p>
      {more.length > 0 && (
        <details className="mt-1">
          <summary className="w-fit rounded-control py-1 text-sm font-medium pointer-coarse:min-h-11 pointer-coarse:py-3">
            {texts.consent.moreToKnow(more.length)}
          </summary>
          <ul className="mt-1 list-disc space-y-1 pl-5 text-sm">
            {more.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

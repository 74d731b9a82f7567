import type { Typed } from '#lib/dialects/native/reference';

/** A type in words, with a link to its schema. */
export function TypeText({ type: { text, ref } }: { type: Typed }) {
  return (
    <code className="text-sm [overflow-wrap:anywhere]">
      {ref ? (
        <a href={`#schema-${ref}`} className="link">
          {text}
        </a>
      ) : (
        text
      )}
    </code>
  );
}

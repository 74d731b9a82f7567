import type { Typed } from '#lib/dialects/native/reference';

/** A type in words, leading to the schema that it speaks of. */
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

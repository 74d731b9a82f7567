import { Fragment, type ReactNode } from 'react';

const marks = /(\*\*[^*]+\*\*|\*[^*]+\*|`[^`]+`)/;

/** Paragraphs and lists with **bold**, *italic* and `code`: the part of Markdown that the descriptions use. */
export function Prose({ children }: { children: string }) {
  return (
    <div className="grid max-w-prose gap-3 [overflow-wrap:anywhere]">
      {children.split('\n\n').map((block) =>
        block.startsWith('- ') ? (
          <ul key={block} className="grid list-disc gap-1.5 pl-5">
            {block
              .split(/\n(?=- )/)
              .map((item) => item.slice(2))
              .map((item) => (
                <li key={item}>
                  <Words>{item}</Words>
                </li>
              ))}
          </ul>
        ) : (
          <p key={block}>
            <Words>{block}</Words>
          </p>
        ),
      )}
    </div>
  );
}

/** One line of text. */
export function Words({ children }: { children: string }) {
  // Every second piece was between marks. The order never changes, so the index is a key.
  const pieces = children
    .split(marks)
    .map((piece, place) => ({ key: `${place}`, shown: place % 2 ? marked(piece) : piece }));
  return pieces.map(({ key, shown }) => <Fragment key={key}>{shown}</Fragment>);
}

function marked(piece: string): ReactNode {
  if (piece.startsWith('**')) return <strong className="font-semibold">{piece.slice(2, -2)}</strong>;
  if (piece.startsWith('*')) return <em>{piece.slice(1, -1)}</em>;
  return <code className="rounded bg-sunken px-1 py-0.5 font-mono text-sm">{piece.slice(1, -1)}</code>;
}

import { CopyButton } from './copy-button.tsx';

type CodeBlockProps = {
  /** The name of the file, or what kind of text it is. */
  title: string;
  code: string;
  /** Values of this app in the code, which are marked. Never a secret. */
  own?: readonly string[];
};

/** Splits the code at the values; the values are the odd pieces. */
function piecesOf(code: string, own: readonly string[]): string[] {
  const values = own.filter(Boolean).map((value) => value.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return values.length > 0 ? code.split(new RegExp(`(${values.join('|')})`)) : [code];
}

/** Code of several lines with Copy; this app's own values are marked. */
export function CodeBlock({ title, code, own = [] }: CodeBlockProps) {
  return (
    <figure className="code-block">
      <header>
        <figcaption>{title}</figcaption>
        <CopyButton text={code} label={title} variant="quiet" />
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a keyboard scrolls only what has the focus */}
      <pre tabIndex={0}>
        <code>
          {piecesOf(code, own).map((piece, index) => (index % 2 === 1 ? <mark key={index}>{piece}</mark> : piece))}
        </code>
      </pre>
    </figure>
  );
}

import type { ReactNode } from 'react';

type PreviewProps = {
  /** Which page is shown. */
  title: string;
  /** At the right of its head: what differs, or switches of language and scheme. */
  note?: ReactNode;
  lang?: string;
  /** The scheme in which it is shown; the reader's own if it is left out. */
  theme?: 'light' | 'dark' | undefined;
  /** The component that users see, not a copy of it. */
  children: ReactNode;
};

/** What users will see. Nothing in it can be pressed or reached by the keyboard. */
export function Preview({ title, note, lang, theme, children }: PreviewProps) {
  return (
    <section aria-label={`Preview: ${title}`} className="preview">
      <header>
        <span>{title}</span>
        {note}
      </header>
      <div inert lang={lang} data-theme={theme} className="bg-page text-ink">
        {children}
      </div>
    </section>
  );
}

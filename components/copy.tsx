import { CopyButton } from './copy-button.tsx';

/** One value of the developer's in mono, with Copy; `clip` shows it in one line, and Copy takes the whole. */
export function Copy({ text, label, clip = false }: { text: string; label: string; clip?: boolean }) {
  return (
    <span className="copy">
      <code className={clip ? 'truncate select-all' : '[overflow-wrap:anywhere] select-all'}>{text}</code>
      <CopyButton text={text} label={label} iconOnly />
    </span>
  );
}

import { CopyButton } from './copy-button.tsx';

/** An id or a URL in monospace and, with `label`, a copy button. */
export function Code({ children, label }: { children: string; label?: string }) {
  const code = <code className="id-code [overflow-wrap:anywhere] select-all">{children}</code>;
  if (!label) return code;
  return (
    <span className="copy">
      {code}
      <CopyButton text={children} label={label} />
    </span>
  );
}

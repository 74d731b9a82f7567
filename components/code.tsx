import { CopyButton } from './copy-button.tsx';

/** An id or a URL in monospace and, with `label`, a copy button. */
export function Code({ children, label }: { children: string; label?: string }) {
  const code = (
    <code className="rounded bg-sunken px-1.5 py-0.5 font-mono text-sm [overflow-wrap:anywhere] select-all">
      {children}
    </code>
  );
  if (!label) return code;
  return (
    <span className="inline-flex max-w-full items-center gap-2">
      {code}
      <CopyButton text={children} label={label} />
    </span>
  );
}

import { CopyButton } from './copy-button.tsx';

/** A long text to copy: one click selects all of it, for browsers without JavaScript. */
export function SecretText({ label, children }: { label: string; children: string }) {
  return (
    <span className="flex items-start gap-2">
      <code className="min-w-0 grow rounded-control bg-sunken px-3 py-1.5 font-mono text-sm [overflow-wrap:anywhere] select-all">
        {children}
      </code>
      <CopyButton text={children} label={label} />
    </span>
  );
}

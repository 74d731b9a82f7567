import { CopyButton } from './copy-button.tsx';

/** Something long to be copied whole: one click selects it where there is no script to copy. */
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

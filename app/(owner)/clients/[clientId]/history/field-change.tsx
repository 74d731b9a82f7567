import type { Change } from './field-changes.ts';

/** One field as a diff: a line for each text that went and each that came; the sign says which, the colour repeats it. */
export function FieldChange({ change: { label, gone, come } }: { change: Change }) {
  return (
    <div className="min-w-0">
      <dt className="mb-1 text-sm font-medium text-soft">{label}</dt>
      {gone.map((text) => (
        <Line key={text} sign="−" said="Before: " text={text} className="bg-danger-tint text-danger" />
      ))}
      {come.map((text) => (
        <Line key={text} sign="+" said="After: " text={text} className="bg-good-tint text-good" />
      ))}
    </div>
  );
}

type LineProps = { sign: string; said: string; text: string; className: string };

const Line = ({ sign, said, text, className }: LineProps) => (
  <dd className={`mb-0.5 flex min-w-0 gap-2 rounded px-2 py-1 text-sm ${className}`}>
    <span aria-hidden="true" className="shrink-0 font-mono">
      {sign}
    </span>
    <span className="sr-only">{said}</span>
    <bdi className="min-w-0 whitespace-pre-wrap [overflow-wrap:anywhere]">{text}</bdi>
  </dd>
);

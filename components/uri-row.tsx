'use client';

import { useId } from 'react';
import { splitPastedUris } from '#lib/clients/rules';
import type { Issue } from '#lib/kernel/errors';
import { Button } from './button.tsx';

type UriRowProps = {
  row: number;
  label: string;
  name: string;
  text: string;
  placeholder?: string | undefined;
  issues: readonly Issue[];
  suggestion?: string | undefined;
  onChange: (text: string) => void;
  /** Called with the URIs if several are pasted. */
  onPasteMany: (uris: string[]) => void;
  onRemove: () => void;
};

export function UriRow(props: UriRowProps) {
  const { row, label, name, text, placeholder, issues, suggestion, onChange, onPasteMany, onRemove } = props;
  const id = useId();
  const refused = issues.some(({ severity }) => severity !== 'warning');
  return (
    <div>
      <div className="flex gap-2 max-sm:flex-col">
        <label htmlFor={id} className="sr-only">
          {label}
        </label>
        <input
          id={id}
          data-row={row}
          name={name}
          type="text"
          inputMode="url"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          value={text}
          placeholder={placeholder}
          onChange={(event) => onChange(event.target.value)}
          onPaste={(event) => {
            const uris = splitPastedUris(event.clipboardData.getData('text'));
            if (uris.length < 2) return;
            event.preventDefault();
            onPasteMany(uris);
          }}
          aria-invalid={refused || undefined}
          aria-describedby={`${id}-verdict`}
          className="control font-mono text-sm"
        />
        <Button variant="secondary" className="shrink-0 max-sm:self-end noscript:hidden" onClick={onRemove}>
          Remove<span className="sr-only"> {label}</span>
        </Button>
      </div>
      <div
        id={`${id}-verdict`}
        aria-live="polite"
        className="mt-1 flex flex-col gap-1 text-sm [overflow-wrap:anywhere]"
      >
        {text !== '' && issues.length === 0 && <p className="text-good">✓ Accepted</p>}
        {issues.map(({ rule, message, severity }) => (
          <p key={rule + message} className={severity === 'warning' ? 'text-warn' : 'text-danger'}>
            {rule && <span className="mr-2 font-mono font-semibold">{rule}</span>}
            {message}
          </p>
        ))}
      </div>
      {suggestion && (
        <Button
          variant="secondary"
          size="small"
          className="mt-1 max-w-full text-left font-normal noscript:hidden"
          onClick={() => onChange(suggestion)}
        >
          <span className="min-w-0 [overflow-wrap:anywhere]">
            Use <span className="font-mono">{suggestion}</span> instead
          </span>
        </Button>
      )}
    </div>
  );
}

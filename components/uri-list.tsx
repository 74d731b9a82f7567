'use client';

import { useEffect, useRef, useState } from 'react';
import type { Issue } from '#lib/errors';
import { Button } from './button.tsx';
import { FieldGroup } from './field-group.tsx';
import { UriRow } from './uri-row.tsx';

type UriListProps = {
  legend: string;
  /** What one row is called: "Redirect URI". */
  one: string;
  name: string;
  hint?: string;
  kept: readonly string[];
  errors?: readonly string[];
  placeholder?: string;
  judge: (list: readonly string[]) => Issue[];
  suggest?: (raw: string) => string | undefined;
};

/** A list of addresses, each judged as it is typed. One row is always free, so that it grows without JavaScript too; an empty row counts for nothing. */
export function UriList({ legend, one, name, hint, kept, errors, placeholder, judge, suggest }: UriListProps) {
  const [rows, setRows] = useState(() => [...kept, ''].map((text, id) => ({ id, text })));
  const group = useRef<HTMLDivElement>(null);
  const [added, setAdded] = useState<number>();
  useEffect(() => {
    if (added !== undefined) group.current?.querySelector<HTMLInputElement>(`[data-row="${added}"]`)?.focus();
  }, [added]);

  const filled = rows.filter(({ text }) => text !== '');
  const issues = judge(filled.map(({ text }) => text));
  const issuesOf = (id: number) => {
    const index = filled.findIndex((row) => row.id === id);
    return issues.filter(({ field }) => field === `${name}.${index}`);
  };
  const add = () => {
    const id = Math.max(...rows.map((row) => row.id), -1) + 1;
    setRows([...rows, { id, text: '' }]);
    setAdded(id);
  };
  return (
    <FieldGroup legend={legend} hint={hint} errors={errors}>
      <div ref={group} className="flex flex-col gap-3">
        {rows.map(({ id, text }, index) => (
          <UriRow
            key={id}
            row={id}
            label={`${one} ${index + 1}`}
            name={name}
            text={text}
            placeholder={placeholder}
            issues={text === '' ? [] : issuesOf(id)}
            suggestion={text === '' ? undefined : suggest?.(text)}
            onChange={(next) => setRows(rows.map((row) => (row.id === id ? { id, text: next } : row)))}
            onRemove={() => setRows(rows.filter((row) => row.id !== id))}
          />
        ))}
        <Button variant="quiet" size="small" className="self-start noscript:hidden" onClick={add}>
          Add another
        </Button>
      </div>
    </FieldGroup>
  );
}

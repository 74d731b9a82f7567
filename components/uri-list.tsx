'use client';

import { useEffect, useRef, useState } from 'react';
import type { Issue } from '#lib/kernel/errors';
import { Button } from './button.tsx';
import { FieldGroup } from './field-group.tsx';
import { UriRow } from './uri-row.tsx';

type UriListProps = {
  legend: string;
  /** The name of one row: "Redirect URI". */
  one: string;
  name: string;
  hint?: string;
  kept: readonly string[];
  /** The server's messages by `name` and `name.<index>`; the indices count the filled rows of the sent form. */
  verdicts?: Record<string, string[]> | undefined;
  placeholder?: string;
  judge: (list: readonly string[]) => Issue[];
  suggest?: (raw: string) => string | undefined;
  /** Called with the filled rows whenever they change. */
  onList?: (list: readonly string[]) => void;
};

const filledIn = (list: readonly string[]) => list.filter((text) => text !== '');

/** Without JavaScript nothing can add a row, so there are two empty ones; an emptied row is removed. */
const spareRows = ['first', 'second'];

/** A list of URIs, each checked while it is typed. Empty rows are ignored. */
export function UriList(props: UriListProps) {
  const { legend, one, name, hint, kept, verdicts, placeholder, judge, suggest, onList } = props;
  const [rows, setRows] = useState(() => [...filledIn(kept), ''].map((text, id) => ({ id, text })));
  const group = useRef<HTMLDivElement>(null);
  const [wanted, setWanted] = useState<{ row: number }>();
  useEffect(() => {
    if (wanted) group.current?.querySelector<HTMLInputElement>(`[data-row="${wanted.row}"]`)?.focus();
  }, [wanted]);

  const filled = rows.filter(({ text }) => text !== '');
  const issues = judge(filled.map(({ text }) => text));
  const ofList = issues.filter(({ field, severity }) => field === name && severity !== 'warning');
  const sent = filledIn(kept);
  const issuesOf = (id: number, text: string) => {
    const own = issues.filter(({ field }) => field === `${name}.${filled.findIndex((row) => row.id === id)}`);
    const told = verdicts?.[`${name}.${sent.indexOf(text)}`] ?? [];
    const unheard = told.filter((message) => own.every((issue) => issue.message !== message));
    return [...own, ...unheard.map((message) => ({ field: name, rule: '', message }))];
  };
  const change = (next: typeof rows) => {
    setRows(next);
    onList?.(filledIn(next.map(({ text }) => text)));
  };
  const add = () => {
    const id = Math.max(...rows.map((row) => row.id), -1) + 1;
    change([...rows, { id, text: '' }]);
    setWanted({ row: id });
  };
  /** Several pasted URIs fill the row if it is empty, and new rows after it. */
  const pasteMany = (id: number, uris: readonly string[]) => {
    const next = Math.max(...rows.map((row) => row.id)) + 1;
    const pasted = uris.map((text, index) => ({ id: next + index, text }));
    change(rows.flatMap((row) => (row.id !== id ? [row] : row.text === '' ? pasted : [row, ...pasted])));
    setWanted({ row: next + uris.length - 1 });
  };
  const remove = (id: number) => {
    const left = rows.filter((row) => row.id !== id);
    const neighbour =
      left[
        Math.min(
          rows.findIndex((row) => row.id === id),
          left.length - 1,
        )
      ];
    if (!neighbour) return change([{ id, text: '' }]);
    change(left);
    setWanted({ row: neighbour.id });
  };
  const errors = [...new Set([...ofList.map(({ message }) => message), ...(verdicts?.[name] ?? [])])];
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
            issues={text === '' ? [] : issuesOf(id, text)}
            suggestion={text === '' ? undefined : suggest?.(text)}
            onChange={(next) => change(rows.map((row) => (row.id === id ? { id, text: next } : row)))}
            onPasteMany={(uris) => pasteMany(id, uris)}
            onRemove={() => remove(id)}
          />
        ))}
        <div className="hidden flex-col gap-3 noscript:flex">
          {spareRows.map((spare) => (
            <input
              key={spare}
              name={name}
              aria-label={`${one}, ${spare} spare row`}
              className="control font-mono text-sm"
            />
          ))}
          <p className="text-sm text-soft">To remove an address, empty its row and save.</p>
        </div>
        <Button variant="quiet" size="small" className="self-start noscript:hidden" onClick={add}>
          Add another
        </Button>
      </div>
    </FieldGroup>
  );
}

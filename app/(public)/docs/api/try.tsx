'use client';

import { type FormEvent, useState } from 'react';
import { Button } from '#components/button';
import { Field } from '#components/field';
import { TextArea } from '#components/text-area';
import type { DescribedOperation } from '#lib/dialects/native/reference';
import { type Answer, type Call, send } from './send.ts';
import { useToken } from './trying.tsx';

type TryProps = { operation: Call & Pick<DescribedOperation, 'summary' | 'example'> };

/** A form that makes the call from this page; rendered when it is opened. Without JavaScript there is only the shell command. */
export function Try({ operation }: TryProps) {
  const token = useToken();
  const [answer, setAnswer] = useState<Answer>();
  const [busy, setBusy] = useState(false);
  const [open, setOpen] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const values = new FormData(event.currentTarget);
    setBusy(true);
    setAnswer(await send(operation, values, token));
    setBusy(false);
  };
  return (
    <details className="mt-4 noscript:hidden" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary className="w-fit text-accent">
        Try it<span className="sr-only">: {operation.summary}</span>
      </summary>
      {open && (
        <form onSubmit={submit} className="mt-3 grid max-w-lg gap-3">
          {operation.parameters.map(({ name, in: place, required }) => (
            <Field
              key={name}
              label={name}
              name={`${place} ${name}`}
              required={required}
              optional={!required}
              autoComplete="off"
            />
          ))}
          {operation.example !== undefined && (
            <TextArea
              label="Body"
              name="body"
              rows={6}
              defaultValue={operation.example}
              className="font-mono text-sm"
            />
          )}
          <div>
            <Button type="submit" variant="secondary" disabled={busy}>
              Send
            </Button>
          </div>
        </form>
      )}
      <div role="status" className="mt-3">
        {answer && (
          <>
            <p className="font-medium">{answer.title}</p>
            <pre className="mt-1 max-h-96 overflow-auto rounded-control bg-sunken p-3 font-mono text-sm whitespace-pre-wrap [overflow-wrap:anywhere]">
              {answer.text}
            </pre>
          </>
        )}
      </div>
    </details>
  );
}

'use client';

import { useEffect, useRef } from 'react';
import { Cell, DataTable, Row } from '#components/data-table';
import { Moment } from '#components/moment';
import { type Conflict as ConflictState, differing, type FormState } from '#lib/portal/forms';
import { FieldValue } from './facts.tsx';
import type { FormField } from './form-field.ts';

type ConflictProps = { state: FormState; fields: readonly FormField[] };

/** Shown above a form if somebody else saved first: the typed and the stored values side by side. */
export function Conflict({ state, fields }: ConflictProps) {
  return state.status === 'conflict' ? <Comparison state={state} fields={fields} /> : null;
}

function Comparison({ state, fields }: { state: ConflictState; fields: readonly FormField[] }) {
  const box = useRef<HTMLDivElement>(null);
  // Every further conflict is shown again.
  useEffect(() => {
    if (state) box.current?.focus();
  }, [state]);
  const names = new Set(differing(state.typed, state.theirs));
  return (
    <div
      ref={box}
      tabIndex={-1}
      role="alert"
      className="rounded-control border border-warn bg-warn-tint px-4 py-3 text-ink"
    >
      <p className="font-medium text-warn">Nothing was saved: this app was changed since you opened it.</p>
      <p className="mt-1 mb-3">
        {state.changedBy ? <bdi>{state.changedBy}</bdi> : 'Somebody'} saved on <Moment at={state.changedAt} />. What you
        typed is still below; these differ:
      </p>
      <div className="rounded-control bg-surface max-md:px-3">
        <DataTable caption="What you typed and what is stored now" columns={['Field', 'You typed', 'Stored now']}>
          {fields
            .filter(({ name }) => names.has(name))
            .map((field) => (
              <Row key={field.name}>
                <Cell head>{field.label}</Cell>
                <Cell label="You typed">
                  <FieldValue field={field} values={state.typed[field.name]} />
                </Cell>
                <Cell label="Stored now">
                  <FieldValue field={field} values={state.theirs[field.name]} />
                </Cell>
              </Row>
            ))}
        </DataTable>
      </div>
    </div>
  );
}

'use client';

import { useActionState, useEffect, useRef, useState } from 'react';
import { Field } from '#components/field';
import { FormMessage } from '#components/form-message';
import { type FormAction, idle, shownAll } from '#lib/portal/forms';
import { Conflict } from '../conflict.tsx';
import { inWords } from '../form-field.ts';
import { SaveActions } from '../save-actions.tsx';
import { type PermissionGroup as Group, matches, type Permission } from './permission.ts';
import { PermissionGroup } from './permission-group.tsx';

type PermissionsFormProps = {
  action: FormAction;
  clientId: string;
  version: number;
  groups: readonly Group[];
  kept: readonly string[];
  keptOptional: readonly string[];
};

const ticksOf = (form: HTMLFormElement) => new Set(new FormData(form).getAll('scopes').map(String));

export function PermissionsForm({ action, clientId, version, groups, kept, keptOptional }: PermissionsFormProps) {
  const [state, send] = useActionState(action, idle);
  const initial = new Set(shownAll(state, 'scopes', kept));
  const initialOptional = new Set(shownAll(state, 'optionalScopes', keptOptional));
  const [chosen, setChosen] = useState<ReadonlySet<string>>(initial);
  const [search, setSearch] = useState('');
  const form = useRef<HTMLFormElement>(null);
  // Boxes may have been changed before hydration.
  useEffect(() => {
    if (!form.current) return;
    setChosen(ticksOf(form.current));
    setSearch(form.current.querySelector<HTMLInputElement>('[type=search]')?.value ?? '');
  }, []);
  const isShown = (permission: Permission) => matches(permission, search.trim());
  const found = groups.flatMap(({ permissions }) => permissions).filter(isShown).length;
  const tick = (names: readonly string[]) => {
    for (const box of form.current?.querySelectorAll<HTMLInputElement>('[name=scopes]') ?? [])
      if (names.includes(box.value)) box.checked = true;
    if (form.current) setChosen(ticksOf(form.current));
  };
  const titles = groups.flatMap(({ permissions }) => permissions.map(({ name, title }) => [name, title]));
  const describe = inWords(Object.fromEntries(titles));
  const fields = [
    { name: 'scopes', label: 'Permissions', describe },
    { name: 'optionalScopes', label: 'Optional permissions', describe, none: 'None' },
  ];
  return (
    <form ref={form} action={send} onChange={(event) => setChosen(ticksOf(event.currentTarget))} noValidate>
      <div className="mb-6 empty:hidden">
        <FormMessage state={state} />
        <Conflict state={state} fields={fields} />
      </div>
      <p className="mb-4 max-w-prose text-soft">
        People read each of these before they decide: ask for as little as you need. Writing does not include reading.
        Users choose optional permissions one by one; they allow the others together or not at all.
      </p>
      <div className="mb-4 noscript:hidden">
        {/* Outside the form: Enter must not save it, and the search is not sent. */}
        <Field
          label="Filter"
          name=""
          type="search"
          autoComplete="off"
          onChange={(event) => setSearch(event.target.value)}
          onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
        />
        <p role="status" className="mt-1 min-h-6 text-sm text-soft">
          {search.trim() && (found === 0 ? 'No permission matches.' : `${found} shown.`)}
        </p>
      </div>
      {groups.map((group) => (
        <PermissionGroup
          key={group.group}
          group={group}
          {...{ initial, initialOptional, chosen, isShown }}
          onTick={tick}
        />
      ))}
      <p role="status" className="mb-4 text-sm text-soft noscript:hidden">
        {chosen.size} chosen.
      </p>
      <SaveActions state={state} version={version} href={`/clients/${clientId}/permissions`} />
    </form>
  );
}

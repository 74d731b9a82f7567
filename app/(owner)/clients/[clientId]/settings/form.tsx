'use client';

import { useActionState } from 'react';
import { Checkbox } from '#components/checkbox';
import { Field } from '#components/field';
import { FormMessage } from '#components/form-message';
import { Section } from '#components/section';
import { Select } from '#components/select';
import { Stack } from '#components/stack';
import type { Environment } from '#lib/clients/rules';
import { type FormAction, idle, shown, ticked, type Values } from '#lib/portal/forms';
import { environmentWords, optionsOf, typeWords } from '../../words.ts';
import { Conflict } from '../conflict.tsx';
import { inWords } from '../form-field.ts';
import { SaveActions } from '../save-actions.tsx';
import { Authentication } from './authentication.tsx';
import { settingsFields } from './fields.ts';
import { Flow } from './flow.tsx';
import { otherErrors } from './other-errors.ts';

type SettingsFormProps = {
  action: FormAction;
  clientId: string;
  version: number;
  environment: Environment;
  kept: Values;
  /** Names of the organization's products by id. */
  products: Record<string, string>;
};

export function SettingsForm({ action, clientId, version, environment, kept, products }: SettingsFormProps) {
  const [state, send] = useActionState(action, idle);
  const one = (name: string) => shown(state, name, kept[name]?.[0]);
  const box = (name: string) => ticked(state, name, kept[name]?.includes('on') ?? false);
  const type = one('applicationType');
  const fields = settingsFields.map((field) =>
    field.name === 'productId' ? { ...field, describe: inWords(products) } : field,
  );
  return (
    <form action={send} noValidate className="group/form">
      <div className="mb-6 empty:hidden">
        <FormMessage state={state} />
        <Conflict state={state} fields={fields} />
      </div>
      <Section title="What it is">
        <Stack>
          <Field
            label="Name"
            hint="What people read when the app asks them for access."
            autoComplete="off"
            required
            {...one('name')}
          />
          <Select
            label="Type"
            hint={`Environment: ${environmentWords[environment].label}, fixed when the app was created.`}
            options={optionsOf(typeWords)}
            {...type}
            errors={[...(type.errors ?? []), ...otherErrors(state)]}
          />
          {Object.keys(products).length > 0 && (
            <Select
              label="Product"
              options={[{ value: '', label: 'None' }, ...optionsOf(products)]}
              {...one('productId')}
            />
          )}
          <Checkbox
            label="Open to other organizations"
            hint="Otherwise only members of the organization that owns it can give it access."
            {...box('openToOtherOrganizations')}
          />
        </Stack>
      </Section>
      <Section title="How it gets tokens">
        <Flow state={state} kept={kept} />
      </Section>
      <Section title="How it authenticates">
        <Authentication state={state} kept={kept} />
      </Section>
      <SaveActions state={state} version={version} href={`/clients/${clientId}/settings`} />
    </form>
  );
}

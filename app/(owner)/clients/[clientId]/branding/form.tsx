'use client';

import { useActionState, useState } from 'react';
import { Field } from '#components/field';
import { FormMessage } from '#components/form-message';
import { Section } from '#components/section';
import { Stack } from '#components/stack';
import { TextArea } from '#components/text-area';
import { UriList } from '#components/uri-list';
import { judgeContacts } from '#lib/clients/rules';
import { type FormAction, idle, shown, shownAll, type Values } from '#lib/portal/forms';
import { Conflict } from '../conflict.tsx';
import { SaveActions } from '../save-actions.tsx';
import { brandingFields, pages } from './fields.ts';
import { LogoField } from './logo-field.tsx';
import { type Card, PublicCard } from './public-card.tsx';

type BrandingFormProps = {
  action: FormAction;
  version: number;
  card: Card;
  kept: Values;
  findings: Record<string, string>;
};

export function BrandingForm({ action, version, card, kept, findings }: BrandingFormProps) {
  const [state, send] = useActionState(action, idle);
  const text = (name: string) => shown(state, name, kept[name]?.[0]);
  const description = text('description');
  const [draft, setDraft] = useState(description.defaultValue);
  const [logo, setLogo] = useState<string | null>();
  return (
    <form action={send} noValidate>
      <div className="mb-6 empty:hidden">
        <FormMessage state={state} />
        <Conflict state={state} fields={brandingFields} />
      </div>
      <PublicCard
        {...card}
        {...(logo === null && { logoHash: null })}
        draftLogo={logo ?? undefined}
        description={draft}
      />
      <Section title="What people read">
        <Stack>
          <TextArea
            label="Description"
            optional
            hint="What the app does for them, in a sentence or two: 255 characters at most."
            {...description}
            onChange={(event) => setDraft(event.target.value)}
          />
          <LogoField state={state} hasLogo={card.logoHash !== null} onChange={setLogo} />
        </Stack>
      </Section>
      <Section title="Where they can read more" lead="Linked from the public page.">
        <Stack>
          {pages.map(({ name, label, placeholder }) => (
            <Field
              key={name}
              label={label}
              optional
              hint={findings[name] && <span className="text-warn">{findings[name]}</span>}
              inputMode="url"
              autoCapitalize="none"
              spellCheck={false}
              placeholder={placeholder}
              {...text(name)}
            />
          ))}
        </Stack>
      </Section>
      <Section title="Whom we can ask" lead="For the operator of this portal; not shown to the public.">
        <UriList
          legend="Contacts"
          one="Contact"
          name="contacts"
          placeholder="support@example.com"
          kept={shownAll(state, 'contacts', kept.contacts ?? [])}
          verdicts={state.status === 'invalid' ? state.fields : undefined}
          judge={(contacts) => judgeContacts(contacts.map((contact) => contact.trim()))}
        />
      </Section>
      <SaveActions state={state} version={version} href={`/clients/${card.clientId}/branding`} />
    </form>
  );
}

import { Button } from '#components/button';
import { Checkbox } from '#components/checkbox';
import { ChoiceCards } from '#components/choice-cards';
import { Field } from '#components/field';
import { FieldGroup } from '#components/field-group';
import { Search } from '#components/search';
import { Section } from '#components/section';
import { Select } from '#components/select';
import { TextArea } from '#components/text-area';
import { Verdict } from '#components/verdict';
import { SaveBarExample } from './save-bar-example.tsx';

const wrong = ['Use https. Plain http is accepted only for 127.0.0.1 in a development app.'];

export function Fields() {
  return (
    <Section title="Fields">
      <div className="flex">
        <Search
          action="/components"
          label="Search apps"
          placeholder="Name, client ID, redirect host or owner"
          kept={{ theme: 'light' }}
        />
      </div>
      <div className="grid gap-4 table:grid-cols-2">
        <Field name="name" label="Platform name" hint="Apps cannot use this name." defaultValue="Northwind Cloud" />
        <Field name="uri" label="Redirect URI" errors={wrong} defaultValue="http://app.example.com/" />
        <Field name="support" label="Support address" optional placeholder="help@example.com" />
        <Field name="closed" label="Client ID" disabled defaultValue="9d4f02ed" />
        <Select
          name="group"
          label="Group"
          options={[
            { value: 'files', label: 'Files' },
            { value: 'invoices', label: 'Invoices' },
          ]}
        />
        <TextArea name="text" label="Description" hint="English: Add invoices." />
      </div>
      <div className="grid gap-1">
        <Verdict tone="good">Accepted</Verdict>
        <Verdict tone="warn">Trailing slash: a request must name it exactly.</Verdict>
        <Verdict tone="danger" fix={<Button size="small">Use https</Button>}>
          Use https instead.
        </Verdict>
      </div>
      <FieldGroup legend="Grant types" hint="At least one." errors={['Choose at least one.']}>
        <Checkbox name="grant" label="Authorization code" defaultChecked hint="With PKCE" />
        <Checkbox name="grant" label="Client credentials" />
        <Checkbox name="grant" label="Password" disabled />
      </FieldGroup>
      <ChoiceCards
        legend="Type"
        name="type"
        defaultValue="web"
        cards={[
          { value: 'web', label: 'Web app', line: 'Runs on a server, which can keep a secret.' },
          { value: 'spa', label: 'Single-page app', line: 'Runs in the browser alone.' },
          { value: 'native', label: 'Native app', line: 'Is installed on a phone or a computer.' },
        ]}
      />
      <SaveBarExample />
    </Section>
  );
}

import { Button } from '#components/button';
import { Checklist } from '#components/checklist';
import { CodeBlock } from '#components/code-block';
import { Diff } from '#components/diff';
import { Empty } from '#components/empty';
import { Notice } from '#components/notice';
import { Preview } from '#components/preview';
import { Section } from '#components/section';
import { Steps } from '#components/steps';

const steps = ['Type', 'Where users return', 'Permissions', 'Review'];
const checks = [
  { state: 'yes', title: 'Administrator', detail: 'You, with a passkey' },
  { state: 'no', title: 'Mail', detail: 'Test message failed', action: <a href="#mail">Fix</a> },
  { state: 'busy', title: 'First request', detail: 'Waiting for your app' },
  { state: 'open', title: 'Backup', detail: 'Not scheduled', action: <a href="#backup">Set up</a> },
] as const;

export function Feedback() {
  return (
    <Section title="Feedback">
      {(['neutral', 'good', 'warn', 'danger', 'info'] as const).map((tone) => (
        <Notice key={tone} tone={tone} action={tone === 'warn' && <Button variant="secondary">Check mail</Button>}>
          <strong>A notice that is {tone}.</strong> It concerns the whole page.
        </Notice>
      ))}
      <div className="panel">
        <div className="panel-part">
          <h3>Set up Northwind Cloud</h3>
        </div>
        <Checklist grid checks={checks} />
      </div>
      <Checklist checks={checks} />
      <Steps label="New app" steps={steps} current={1} />
      <Steps label="Going live" steps={steps} current={2} down />
      <Diff
        changes={[
          { label: 'Name', removed: ['Lumen Desktop'], added: ['Lumen Desktop Backup'] },
          { label: 'Redirect URIs', removed: [], added: ['https://lumen-login.example/cb'] },
          { label: 'Scopes', removed: ['files:read', 'files:write'], added: ['files:delete'] },
        ]}
      />
      <CodeBlock
        title="server.mjs"
        own={['9d4f02ed']}
        code={
          "const client = new Client({\n  client_id: '9d4f02ed',\n  redirect_uris: ['https://app.example.com/callback'],\n});"
        }
      />
      <Empty title="No apps yet" action={<Button>New app</Button>}>
        An app is what asks your users for access. Register the first one.
      </Empty>
      <div className="grid gap-4 table:grid-cols-2">
        {(['light', 'dark'] as const).map((theme) => (
          <Preview key={theme} title={`Consent page, ${theme}`} theme={theme} lang="en">
            <p>Acme Photo wants access to your account</p>
            <Button>Allow</Button>
          </Preview>
        ))}
      </div>
    </Section>
  );
}

import type { Metadata } from 'next';
import { page } from '#app/page-answer';
import { Chip } from '#components/chip';
import { Cell, DataTable, Row } from '#components/data-table';
import { Moment } from '#components/moment';
import { Page } from '#components/page';
import { requireContext } from '#lib/portal/session';
import { listSessions } from '#lib/sessions/index';
import { EndOthersForm, EndSessionForm } from './forms.tsx';

const browsers = [
  [/\bEdg\w*\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bFirefox\/|\bFxiOS\//, 'Firefox'],
  [/Chrom(e|ium)\/|\bCriOS\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
] as const;
const systems = [
  [/\bAndroid\b/, 'Android'],
  [/\biPhone\b|\biPad\b/, 'iOS'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bLinux\b|\bX11\b/, 'Linux'],
] as const;

/** Names a browser: “Firefox on Windows”. */
function describeBrowser(userAgent: string): string {
  const browser = browsers.find(([form]) => form.test(userAgent))?.[1];
  const system = systems.find(([form]) => form.test(userAgent))?.[1];
  if (!browser) return system ? `A program on ${system}` : 'A program';
  return system ? `${browser} on ${system}` : browser;
}

export const metadata: Metadata = { title: 'Sessions' };

export default page(async function SessionsPage() {
  const sessions = await listSessions(await requireContext('/settings/sessions'));
  return (
    <Page
      title="Sessions"
      lead="Where you are signed in. A session expires after 14 days without use, and after 90 days in any case."
      width="wide"
      actions={sessions.length > 1 && <EndOthersForm />}
    >
      <DataTable caption="Your sessions" columns={['Browser', 'Network', 'Signed in', 'Last used', 'Action']}>
        {sessions.map(({ id, userAgent, network, createdAt, lastSeenAt, current }) => (
          <Row key={id}>
            <Cell head>
              <span className="flex flex-wrap items-center gap-2">
                {describeBrowser(userAgent)}
                {current && <Chip tone="good">This one</Chip>}
              </span>
            </Cell>
            <Cell label="Network">
              <span className="break-all">{network}</span>
            </Cell>
            <Cell label="Signed in">
              <Moment at={createdAt} />
            </Cell>
            <Cell label="Last used">
              <Moment at={lastSeenAt} />
            </Cell>
            <Cell>{!current && <EndSessionForm sessionId={id} browser={describeBrowser(userAgent)} />}</Cell>
          </Row>
        ))}
      </DataTable>
    </Page>
  );
});

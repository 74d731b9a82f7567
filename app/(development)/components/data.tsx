import { BulkBar } from '#components/bulk-bar';
import { Button } from '#components/button';
import { Chip } from '#components/chip';
import { Empty } from '#components/empty';
import { Facts } from '#components/facts';
import { Pager } from '#components/pager';
import { Score } from '#components/score';
import { Section } from '#components/section';
import { Status } from '#components/status';
import { Cell, GroupRow, Row, Table } from '#components/table';

const apps = [
  { id: '9d4f02ed', name: 'Ledger Sync', owner: 'Maya Lindqvist', users: 1284, score: 82 },
  { id: '41b7c9a0', name: 'Carrier Rate Comparison for Northern Europe', owner: 'Jonas Weber', users: 612, score: 74 },
  { id: '1f66d8c3', name: 'Nightly Warehouse Export', owner: 'Sofia Antonelli', users: 0, score: 41 },
];
const columns = [
  { label: 'Selected', hideLabel: true },
  { label: 'App', sort: { href: '?sort=name', now: 'ascending' as const } },
  { label: 'Status' },
  { label: 'Owner', wide: true },
  { label: 'Users', num: true, sort: { href: '?sort=users' } },
  { label: 'Health', num: true },
];

export function Data() {
  return (
    <Section title="Data">
      <form aria-label="Apps">
        <Table caption="Apps" columns={columns}>
          <GroupRow columns={6}>Tidewater Software</GroupRow>
          {apps.map(({ id, name, owner, users, score }, index) => (
            <Row key={id} changed={index === 2}>
              <Cell at="check">
                <input type="checkbox" name="app" value={id} aria-label={`Select ${name}`} />
              </Cell>
              <Cell at="main">
                <a href={`#${id}`}>{name}</a>
                <br />
                <code className="text-xs text-faint">{id}</code>
              </Cell>
              <Cell at="sub">{index === 2 ? <Chip tone="danger">Suspended</Chip> : <Status>Active</Status>}</Cell>
              <Cell wide>{owner}</Cell>
              <Cell num at="sub" label="Users">
                {users.toLocaleString('en')}
              </Cell>
              <Cell num at="end">
                <Score value={score} />
              </Cell>
            </Row>
          ))}
        </Table>
        <BulkBar name="app">
          <Button variant="secondary">Export</Button>
          <Button variant="danger">Disable…</Button>
        </BulkBar>
        <Pager previous="?before=1" next="?after=3">
          1–3 of 38
        </Pager>
      </form>
      <Table caption="Nothing" columns={columns} empty={<Empty title="No apps">Register the first one.</Empty>}>
        {[]}
      </Table>
      <div className="flex flex-wrap items-center gap-3">
        <Status>Active</Status>
        <Status off>Disabled</Status>
        {(['neutral', 'good', 'warn', 'danger', 'info'] as const).map((tone) => (
          <Chip key={tone} tone={tone}>
            {tone}
          </Chip>
        ))}
      </div>
      <Facts
        facts={[
          ['Client ID', <code key="id">9d4f02ed-51a4-4c6e-a0b1-0c1d2e3f744b</code>],
          ['Owner', 'Tidewater Software'],
        ]}
      />
    </Section>
  );
}

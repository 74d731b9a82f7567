import { Button, IconButton } from '#components/button';
import { Copy } from '#components/copy';
import { Filter, FilterList, FilterOn } from '#components/filters';
import { Icon } from '#components/icon';
import { Menu, MenuLink } from '#components/menu';
import { Section } from '#components/section';
import { Segmented } from '#components/segmented';
import { Views } from '#components/views';

const variants = ['primary', 'secondary', 'quiet', 'danger'] as const;

export function Actions() {
  return (
    <Section title="Actions">
      <div className="flex flex-wrap gap-2">
        {variants.map((variant) => (
          <Button key={variant} variant={variant}>
            {variant}
          </Button>
        ))}
        <Button>
          <Icon name="plus" />
          With an icon
        </Button>
        <Button disabled>Disabled</Button>
        <IconButton icon="refresh" label="Check again" />
      </div>
      <div className="flex flex-wrap gap-2">
        {variants.map((variant) => (
          <Button key={variant} variant={variant} size="small">
            Small {variant}
          </Button>
        ))}
      </div>
      <div className="flex flex-wrap gap-2">
        <Menu label="Actions">
          <MenuLink href="#move" icon="swap">
            Move
          </MenuLink>
          <MenuLink href="#export" icon="download" current>
            Export
          </MenuLink>
          <hr />
          <MenuLink href="#delete" icon="x" danger>
            Delete…
          </MenuLink>
        </Menu>
        <Menu label="More" icon="more" iconOnly>
          <MenuLink href="#one">One</MenuLink>
        </Menu>
        <Copy text="9d4f02ed-51a4-4c6e-a0b1-0c1d2e3f744b" label="client ID" />
      </div>
      <Segmented
        legend="Sensitivity"
        name="sensitivity"
        defaultValue="sensitive"
        options={[
          { value: 'normal', label: 'Normal' },
          { value: 'sensitive', label: 'Sensitive' },
          { value: 'restricted', label: 'Restricted' },
        ]}
      />
      <Views
        views={[
          { href: '?', label: 'All', count: 31, current: true },
          { href: '?view=missing', label: 'Missing translations', count: 5 },
          { href: '?view=unused', label: 'Unused', count: 4 },
          { href: '?view=retired', label: 'Retired' },
        ]}
      />
      <FilterList>
        <FilterOn label="Source: Portal" href="?" />
        <Filter label="Type" choices={[{ label: 'Web', href: '?type=web', count: 21 }]} />
        <Filter label="Environment" choices={[{ label: 'Production', href: '?environment=production' }]} />
      </FilterList>
    </Section>
  );
}

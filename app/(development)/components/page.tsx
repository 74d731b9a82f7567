import type { Metadata } from 'next';
import { page } from '#app/page-answer';
import { AccountMenu } from '#components/account-menu';
import { SegmentedLinks } from '#components/segmented';
import { Sheet } from '#components/sheet';
import { Shell } from '#components/shell';
import { Switcher } from '#components/switcher';
import { notFound } from '#lib/kernel/errors';
import { chooseTheme, leave } from '../../(owner)/actions.ts';
import { Actions } from './actions.tsx';
import { Data } from './data.tsx';
import { Feedback } from './feedback.tsx';
import { Fields } from './fields.tsx';
import { Numbers } from './numbers.tsx';
import { DrawerExample, Overlays } from './overlays.tsx';

export const metadata: Metadata = { title: 'Components' };

const groups = [
  { entries: [{ href: '/components', label: 'Components', icon: 'apps', count: 1284 }] },
  { title: 'Group', entries: [{ href: '/components/other', label: 'Another page', icon: 'file' }] },
] as const;

/** Every component in every state; `?theme=` and `?drawer` choose. In development only. */
export default page(async function ComponentsPage({ searchParams }: PageProps<'/components'>) {
  if (process.env.NODE_ENV === 'production') throw notFound('Page');
  const { theme: wish, drawer } = await searchParams;
  const theme = wish === 'light' || wish === 'dark' ? wish : undefined;
  const links = [undefined, 'light', 'dark'].map((one) => ({
    href: one ? `/components?theme=${one}` : '/components',
    label: one ?? 'system',
    current: one === theme,
  }));
  return (
    <div data-theme={theme} className="bg-page text-ink">
      <Shell
        name="Northwind Cloud"
        part="Components"
        home="/components"
        groups={groups}
        top={
          <Switcher
            label="Organization"
            current="Tidewater Software"
            others={[{ href: '/components?theme=light', name: 'An organization with a name that is far too long' }]}
          />
        }
        foot={<AccountMenu name="Maya Lindqvist" theme={theme} chooseTheme={chooseTheme} signOut={leave} />}
      >
        <Sheet
          title="Components"
          lead="What the pages of the portal are built of, each in every state."
          back={{ href: '/components', label: 'Back' }}
          actions={<SegmentedLinks label="Scheme" links={links} />}
        >
          <Actions />
          <Fields />
          <Data />
          <Numbers />
          <Feedback />
          <Overlays />
          {drawer !== undefined && <DrawerExample />}
        </Sheet>
      </Shell>
    </div>
  );
});

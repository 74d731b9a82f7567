import type { NavEntry, NavGroup } from '#components/shell';

/** The operator's pages in the order of their navigation: a page that is built gets its line here. */
const pages: readonly (NavEntry & { group?: string })[] = [
  { href: '/admin', label: 'Overview', icon: 'activity' },
  { href: '/admin/mailbox', label: 'Mail', icon: 'mail', group: 'Platform' },
];

/** The entries by group; a group comes where its first page stands. */
export const navigation: readonly NavGroup[] = [...Map.groupBy(pages, ({ group }) => group)].map(
  ([title, entries]) => ({ ...(title && { title }), entries }),
);

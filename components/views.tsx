import Link from 'next/link';

type View = { href: string; label: string; count?: number; current?: boolean };

/** The saved views of a list, each with how many rows it has. */
export function Views({ label = 'Views', views }: { label?: string; views: readonly View[] }) {
  return (
    <nav aria-label={label} className="tabs">
      {views.map(({ href, label: text, count, current }) => (
        <Link key={href} href={href} prefetch={false} aria-current={current ? 'page' : undefined}>
          {text}
          {count !== undefined && <span className="tabs-count">{count.toLocaleString('en')}</span>}
        </Link>
      ))}
    </nav>
  );
}

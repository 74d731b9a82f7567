import Link from 'next/link';
import { buttonClass } from '#components/button';
import { Empty } from '#components/empty';
import { applicationTypes } from '#lib/clients/rules';
import { typeWords } from './words.ts';

/** Shown instead of an empty list: what an app is, and a link for each type. */
export function FirstApp({ canCreate }: { canCreate: boolean }) {
  if (!canCreate)
    return (
      <Empty title="No apps yet">
        <p>Your organization has not registered any. Your role lets you look at apps, and not create them.</p>
      </Empty>
    );
  return (
    <Empty
      title="Register your first app"
      action={
        <Link href="/clients/new" className={buttonClass()}>
          New app
        </Link>
      }
    >
      <p>
        An app is whatever calls the API: it gets a client id, and a secret if it can keep one. What are you building?
      </p>
      <ul className="mt-6 grid gap-3 text-left sm:grid-cols-2">
        {applicationTypes.map((type) => (
          <li key={type}>
            <Link
              href={`/clients/new?type=${type}`}
              className="block h-full rounded-control border border-line bg-surface p-4 text-ink hover:border-accent"
            >
              <span className="font-medium">{typeWords[type].label}</span>
              <span className="mt-1 block text-sm text-soft">{typeWords[type].line}</span>
            </Link>
          </li>
        ))}
      </ul>
    </Empty>
  );
}

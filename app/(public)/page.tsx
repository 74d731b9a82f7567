import type { Metadata } from 'next';
import Link from 'next/link';
import { redirect } from 'next/navigation';
import { page } from '#app/page-answer';
import { portalHeader } from '#app/portal-header';
import { Button, buttonClass } from '#components/button';
import { Field } from '#components/field';
import { isUuid } from '#lib/kernel/values';
import { currentContext } from '#lib/portal/session';

export const metadata: Metadata = { title: { absolute: 'Clientele: the register of this platform’s apps' } };

const promises = [
  [
    'Register in a minute',
    'A name and a type are enough. Every redirect URI is checked as you type it, and a mistake comes with its fix.',
  ],
  ['Keep it safe', 'Secrets are shown once, expire when you choose, and are rotated without downtime.'],
  ['Show who asks', 'Every app has a public page: who publishes it, what it may see, and whether anybody has checked.'],
];

export default page(async function Landing({ searchParams }: PageProps<'/'>) {
  const asked = String((await searchParams).client_id ?? '').trim();
  if (isUuid(asked)) redirect(`/public/${asked.toLowerCase()}/info`);
  const { actor } = await currentContext();
  return (
    <>
      {await portalHeader()}
      <main id="main" tabIndex={-1} className="mx-auto w-full max-w-6xl grow px-4 py-12 sm:px-6 sm:py-20">
        <h1 className="max-w-3xl text-4xl font-semibold tracking-tight sm:text-5xl">Where apps introduce themselves</h1>
        <p className="mt-4 max-w-2xl text-lg text-soft">
          Register the applications that use this platform’s API, keep their credentials, and let the people they ask
          see who is asking.
        </p>
        <div className="mt-8 flex flex-wrap gap-3">
          {actor.kind === 'person' ? (
            <>
              <Link href="/clients" className={buttonClass()}>
                Your apps
              </Link>
              <Link href="/settings/authorized-apps" className={buttonClass('secondary')}>
                Apps with access to your account
              </Link>
            </>
          ) : (
            <>
              <Link href="/sign-up" className={buttonClass()}>
                Create an account
              </Link>
              <Link href="/sign-in" className={buttonClass('secondary')}>
                Sign in
              </Link>
            </>
          )}
        </div>
        <ul className="mt-16 grid gap-8 sm:grid-cols-3">
          {promises.map(([title, text]) => (
            <li key={title} className="border-t-2 border-accent pt-4">
              <h2 className="font-semibold">{title}</h2>
              <p className="mt-1 text-soft">{text}</p>
            </li>
          ))}
        </ul>
        <form action="/" className="mt-16 max-w-xl rounded-card border border-line bg-surface p-6">
          <h2 className="text-lg font-semibold">Has an app asked you for access?</h2>
          <div className="mt-4 flex flex-wrap items-end gap-3">
            <div className="min-w-0 grow basis-64">
              <Field
                label="Client ID"
                name="client_id"
                hint="It follows client_id= in the link that brought you here, and is in the address of the app’s page."
                defaultValue={asked}
                errors={asked ? ['A client ID looks like 3f0c1e9a-5b7d-4c2e-9a61-0d8f2b4e6c13.'] : undefined}
                autoComplete="off"
                spellCheck={false}
              />
            </div>
            <Button type="submit" variant="secondary">
              Look it up
            </Button>
          </div>
        </form>
      </main>
    </>
  );
});
